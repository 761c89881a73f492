import Foundation
import HoneCore
import HoneIntelligence
import HoneService
import HoneStore
import Logging
import Metrics
import ServiceLifecycle

/// Measures, from what is on record of the last 30 days, how far judges and reviewers can be trusted.
struct JudgeWatch: Service {
    private static let interval: Duration = .seconds(60)
    private static let days = 30.0

    let store: Store
    let logger: Logger
    var factory: any MetricsFactory = MetricsSystem.factory

    func run() async throws {
        await refreshUntilShutdown(every: Self.interval, "what is known of judges", logger: logger) {
            try await measure(at: Date())
        }
    }

    /// One aggregator at a time does the work; the others keep what they last said.
    func measure(at now: Date) async throws {
        let report = try await store.transaction { store -> JudgeReport? in
            guard try await store.locks.tryAcquire("judges") else { return nil }
            return try await store.judgeReport(now.addingTimeInterval(-Self.days * 86_400)...now)
        }
        guard let report else { return }
        record("hone.scores.recent_unknown_share", Double(report.unknown) / Double(max(1, report.scores)))
        for judge in report.judges {
            let label = [("model", judge.model.rawValue)]
            record("hone.judge.unknown_share", Double(judge.unknown) / Double(max(1, judge.scores)), label)
            record("hone.judge.noise", judge.noise.deviation, label)
            record(judge.againstHumans, of: "hone.judge", label + [("against", "human")])
            record(judge.againstChecks, of: "hone.judge", label + [("against", "check")])
        }
        for reviewer in report.reviewers {
            let label = [("reviewer", reviewer.record.reviewer.rawValue)]
            record("hone.reviewer.reliability", reviewer.reliability.value, label)
            record(reviewer.againstHumans, of: "hone.reviewer", label + [("against", "human")])
            record(reviewer.againstChecks, of: "hone.reviewer", label + [("against", "check")])
        }
        record("hone.reviewer.collusions", Double(report.collusion.count { $0.isProven }))
        record("hone.judge.self_preferences", Double(report.selfPreference.count { $0.isProven }))
    }

    private func record(_ agreement: Agreement, of name: String, _ labels: [(String, String)]) {
        record("\(name).kappa", agreement.kappa.value, labels)
        record("\(name).spearman", agreement.spearman.value, labels)
        record("\(name).bias", agreement.bias, labels)
    }

    /// What is not known is not said.
    private func record(_ label: String, _ value: Double?, _ dimensions: [(String, String)] = []) {
        guard let value else { return }
        Gauge(label: label, dimensions: dimensions, factory: factory).record(value)
    }
}
