import Foundation
import HoneCore
import HoneIntelligence
import HoneStore
import Postgres
import Synchronization
import Testing

@Suite("Exports", .timeLimit(.minutes(2)))
struct ExportTests {
    @Test("rows of every kind have the columns that are declared, in their order", arguments: ExportKind.allCases)
    func columns(kind: ExportKind) async throws {
        try await TestStore.run { store, pool in
            let task = try await store.completedTask()
            _ = try await store.scores.insert([.sample(task)])
            try await pool.run(
                "insert into rewards (task_id, agent_id, reward, penalty, attainable) select id, 'ada', 9, 2, 10 from agent_tasks"
            )
            let key = StatisticsKey(agent: ada, category: analysis, model: .named("m1"), day: Day(Date()))
            let observation = TaskObservation(
                key: key, ending: .completed(overall: 0.5, passed: true), cost: MicroUSD(42), durationMilliseconds: 250)
            try await store.statistics.merge(StatisticsTable([observation]))
            let rows = try await rows(of: kind, in: store)
            let row = try #require(rows.first)
            let names = row.matches(of: /"(\w+)":/).map { String($0.output.1) }
            #expect(rows.count == 1 && names.filter(kind.columns.contains) == kind.columns)
            let members = try WireFormat.decode(JSONValue.self, from: Data(row.utf8)).object ?? [:]
            #expect(Set(members.keys) == Set(kind.columns))
            let cells = Mutex<[[String?]]>([])
            try await store.exportCells(kind) { part in cells.withLock { $0 += part } }
            let only = try #require(cells.withLock { $0.first })
            #expect(only.count == kind.columns.count)
            for (name, cell) in zip(kind.columns, only) {
                switch members[name] ?? .null {
                case .null: #expect(cell == nil, "\(name)")
                case .string(let text): #expect(cell == text, "\(name)")
                case .integer(let number): #expect(cell == "\(number)", "\(name)")
                case .number(let number): #expect(cell.flatMap(Double.init) == number, "\(name)")
                case .bool(let flag): #expect(cell == "\(flag)", "\(name)")
                case .array, .object: #expect(cell?.first == "[", "\(name)")
                }
            }
        }
    }

    @Test("many rows come in parts, in order, each once")
    func parts() async throws {
        try await TestStore.run { store, pool in
            _ = try await store.completedTask()
            try await pool.run(
                """
                insert into executions (task_id, attempt, agent_id, latency_ms, duration_seconds, status, created_at)
                select id, 1 + number, 'ada', 1, 1, 'completed', timestamptz '2026-01-01' + number * interval '1 minute'
                from agent_tasks, generate_series(1, 2500) as number
                """)
            let sizes = Mutex<[Int]>([])
            let end = try #require(WireFormat.date(from: "2026-01-02T00:00:00Z"))
            let attempts = Mutex<[Int]>([])
            try await store.export(.executions, to: end.addingTimeInterval(86_400 * 10)) { rows in
                sizes.withLock { $0.append(rows.count) }
                let numbers = try rows.map {
                    try WireFormat.decode(JSONValue.self, from: Data($0.utf8))["attempt"]?.int ?? 0
                }
                attempts.withLock { $0 += numbers }
            }
            #expect(sizes.withLock { $0 } == [1_000, 1_000, 500])
            #expect(attempts.withLock { $0 } == Array(2...2_501))
            let first = try await rows(of: .executions, in: store, to: end)
            #expect(first.count == 1_440, "the times are taken in")
        }
    }

    @Test("what the reader throws ends the export")
    func throwing() async throws {
        try await TestStore.run { store, _ in
            _ = try await store.completedTask()
            struct Enough: Error {}
            await #expect(throws: Enough.self) { try await store.export(.executions) { _ in throw Enough() } }
            #expect(try await rows(of: .executions, in: store).count == 1)
        }
    }

    private func rows(of kind: ExportKind, in store: Store, to: Date? = nil) async throws -> [String] {
        let rows = Mutex<[String]>([])
        try await store.export(kind, to: to) { part in rows.withLock { $0 += part } }
        return rows.withLock { $0 }
    }
}
