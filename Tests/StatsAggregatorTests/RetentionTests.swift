import Foundation
import HoneCore
import HoneService
import HoneStore
import Testing

@testable import StatsAggregator

@Suite("What is kept for how long", .timeLimit(.minutes(2)))
struct RetentionTests {
    private static let week = Date().addingTimeInterval(7 * 86_400)

    private func forget(
        _ settings: [String: String], in store: Store, isReplaying: Bool = false, at now: Date = week
    ) async throws -> [Int] {
        let needed = ["DATABASE_URL": "postgres://x", "REDIS_URL": "redis://x"]
        let source = try await SettingsSource(environment: needed.merging(settings) { $1 })
        let retention = try Settings(source).retention
        let service = ForgetRecords(
            store: store, retention: retention, isReplaying: isReplaying, logger: Aggregator.logger)
        try await service.pass(at: now)
        return [
            Int(try await store.recordedCalls.totals().reduce(0) { $0 + $1.calls }),
            try await store.recordedCircumstances.count(), try await store.logs.tail(limit: 9).count,
        ]
    }

    private func record(in store: Store) async throws {
        _ = try await store.recordedCalls.keep(
            RecordedCallKey(requestHash: String(repeating: "0", count: 64), purpose: "task", work: "w", ordinal: 0),
            model: "m", request: "{}", outcome: "{}", isFault: false)
        try await store.recordedCircumstances.keep([RecordedCircumstance(kind: "route", subject: "s", value: 1)])
        try await store.logs.insert([
            LogLine(recordID: UUID(), time: Date(), level: "info", source: "test", message: "hm")
        ])
    }

    @Test("recordings and log lines stay for good, unless a setting says how many days they are kept")
    func days() async throws {
        try await Database.use { aggregator in
            let store = aggregator.store
            try await record(in: store)
            #expect(try await forget([:], in: store) == [1, 1, 1])
            #expect(try await forget(["HONE_RECORDING_RETENTION_DAYS": "8"], in: store) == [1, 1, 1])
            let short = ["HONE_RECORDING_RETENTION_DAYS": "6"]
            #expect(try await forget(short, in: store, isReplaying: true) == [1, 1, 1])
            #expect(try await forget(short, in: store) == [0, 0, 1])
            #expect(try await forget(["HONE_LOG_RETENTION_DAYS": "6"], in: store) == [0, 0, 0])
        }
    }

    @Test("while another aggregator is at it nothing is done")
    func alone() async throws {
        try await Database.use { aggregator in
            try await record(in: aggregator.store)
            try await aggregator.store.transaction { store in
                #expect(try await store.locks.tryAcquire("forgetting"))
                let left = try await forget(["HONE_LOG_RETENTION_DAYS": "1"], in: aggregator.store)
                #expect(left == [1, 1, 1])
            }
        }
    }
}
