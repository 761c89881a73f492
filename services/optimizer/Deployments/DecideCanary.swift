import Foundation
import HoneCore
import HoneEvolution
import HoneService
import HoneStore

extension Promotion {
    /// What is to become of a canary, by what is on record of it now; nil while it goes on.
    func decide(
        _ canary: DeploymentRecord, by settings: CanarySettings, _ now: Date, in store: Store
    ) async throws -> PromptMove? {
        let agent = try await store.agents.load(canary.agentID)
        guard agent?.agent.lifecycle != .retired else {
            return try await takeBack(canary.id, because: "the agent is retired")
        }
        let comparison = try await store.sideBySide(canary, until: now)
        let report = comparison.report
        try await store.deployments.note(report, of: canary.id)
        if report.harm != nil { return try await takeBack(canary.id, because: report.summary) }
        guard settings.isAutomatic, now >= canary.createdAt + settings.period,
            comparison.newTasks >= settings.fewestTasks, !comparison.isDoubtful
        else { return nil }
        return try await conclude(canary.id, because: "no harm found: \(report.summary)")
    }
}
