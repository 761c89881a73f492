import ChaosKit
import Foundation
import TestServers
import Testing

@Suite("Half a minute of chaos", .serialized, .timeLimit(.minutes(5)))
struct ChaosTests {
    @Test("services, servers and connections die, everything in Redis goes, and every promise is kept")
    func short() async throws {
        let seed = UInt64.random(in: 0..<1_000_000)
        let options = StackOptions(
            instances: ["executor": 2, "evaluator": 2],
            settings: ["HONE_LOG_LEVEL": "warning", "HONE_CONCURRENCY": "8", "HONE_RECONCILE_AFTER": "4s"],
            restartAfter: .milliseconds(500),
            migrations: SoundRecord.migrations)
        let stack = try await ChaosStack(options, binaries: .beside())
        let report: ChaosReport
        do {
            report = try await ChaosRun(
                stack,
                ChaosOptions(
                    seed: seed, plan: .short(seed: seed, services: options.ids),
                    load: LoadOptions(tasks: 500, mix: .varied, batch: 10, window: 100, pace: 22),
                    patience: .seconds(90))
            ) { print($0) }.run()
        } catch {
            await stack.end(keepingLogs: true)
            throw error
        }
        await stack.end(keepingLogs: !report.holds)
        #expect(report.holds, "seed \(seed), logs in \(stack.folder)\n\(report.markdown)")
        #expect(report.missing == 0 && report.duplicated == 0 && report.unexpectedEnds == 0)
        #expect(report.tasks.accepted > 350 && Set(report.faults.map(\.kind)).count >= 10)
    }

    @Test("a stack in which nobody scores is not taken for a whole one")
    func incomplete() async throws {
        let options = StackOptions(
            instances: ["evaluator": 0], settings: ["HONE_LOG_LEVEL": "error"], migrations: SoundRecord.migrations)
        let stack = try await ChaosStack(options, binaries: .beside())
        let load = LoadOptions(tasks: 10, mix: TaskMix(perMille: []), batch: 10, window: 10)
        let plan = FaultPlan(steps: [], flushes: [])
        let report = try await ChaosRun(
            stack, ChaosOptions(seed: 1, plan: plan, load: load, patience: .seconds(8))
        ) { print($0) }.run()
        await stack.end()
        #expect(!report.holds && report.missing >= 10)
        let broken = report.findings.filter { !$0.holds }.map(\.invariant)
        #expect(broken.contains("every completed task has a score"))
        #expect(report.markdown.contains("PROMISES WERE BROKEN"))
    }
}
