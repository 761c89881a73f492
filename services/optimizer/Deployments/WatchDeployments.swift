import Foundation
import HoneBus
import HoneCore
import HoneEvolution
import HoneIntelligence
import HoneService
import HoneStore
import Logging
import ServiceLifecycle

/// Looks again and again at prompts on trial and at those that came into production: takes a canary back as soon as it is
/// proved worse, gives it all tasks when its period ends without harm, and raises an alert for a prompt that does worse
/// than the one before it.
///
/// Nothing is remembered between two looks: each compares everything on record anew, so that it does not matter which
/// optimizer looks, or whether one was killed. Of several one looks at a deployment at a time.
struct WatchDeployments: Service {
    private static let interval: Duration = .seconds(2)

    let store: Store
    let publisher: any Publisher
    let settings: CanarySettings
    let logger: Logger

    func run() async throws {
        await refreshUntilShutdown(every: Self.interval, "watching deployments", logger: logger) { try await pass() }
    }

    func pass(at now: Date = Date()) async throws {
        for deployment in try await store.deployments.open() {
            let move = try await store.transaction { store in
                try await look(at: deployment.id, now, in: store)
            }
            if let move { await announce(move) }
        }
    }

    /// What it came to, where somebody is to be told; nil too while another optimizer looks.
    private func look(at id: DeploymentID, _ now: Date, in store: Store) async throws -> PromptMove? {
        guard try await store.locks.tryAcquire("deployment/\(id)"),
            let deployment = try await store.deployments.load(id)
        else { return nil }
        switch deployment.status {
        case .canary:
            return try await Promotion(store: store).decide(deployment, by: settings, now, in: store)
        case .watching:
            try await watch(deployment, now, in: store)
            return nil
        case .settled, .rolledBack, .superseded:
            return nil
        }
    }

    private func watch(_ deployment: DeploymentRecord, _ now: Date, in store: Store) async throws {
        guard let promoted = deployment.promotedAt else { return }
        let report = try await store.beforeAndAfter(deployment, until: now).report
        try await store.deployments.note(report, of: deployment.id)
        let key = AlertKey(.promptRegression, deployment.agentID.rawValue)
        if report.harm != nil {
            let raised = try await store.alerts.raise([key: AlertFinding(deployment, report)], at: now)
            for alert in raised {
                logger.warning("a new prompt does worse", metadata: ["alert": "\(alert.message)"])
            }
        } else if now >= promoted + settings.watchPeriod {
            try await store.deployments.end(deployment.id, as: .settled, because: report.summary)
            try await store.alerts.clear([key], at: now)
        }
    }

    private func announce(_ move: PromptMove) async {
        if let deployment = move.deployment {
            logger.notice(
                "a canary has ended",
                metadata: ["deployment": "\(deployment.id)", "status": "\(deployment.status.rawValue)"])
        }
        do {
            try await move.announce(through: publisher)
        } catch {
            logger.warning("a changed prompt was not announced", metadata: ["error": "\(error)"])
        }
    }
}

extension AlertFinding {
    fileprivate init(_ deployment: DeploymentRecord, _ report: CanaryReport) {
        self.init(
            .warning,
            "The new prompt of \(deployment.agentID) does worse than the one before: \(report.summary). "
                + "`hone rollback \(deployment.agentID)` takes it back.",
            details: [
                "deployment_id": .string(deployment.id.description), "prompt_id": .string("\(deployment.promptID)"),
                "baseline_prompt_id": deployment.baselinePromptID.map { .string("\($0)") } ?? .null,
                "measure": report.harm.map { .string($0.rawValue) } ?? .null,
            ])
    }
}

extension Date {
    static func + (date: Date, duration: Duration) -> Date { date.addingTimeInterval(duration / .seconds(1)) }
}
