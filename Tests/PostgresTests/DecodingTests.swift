import Foundation
import Postgres
import Testing

private struct TaskID: Codable, Hashable, Sendable {
    let uuid: UUID
    init(_ uuid: UUID) { self.uuid = uuid }
    init(from decoder: any Decoder) throws { uuid = try decoder.singleValueContainer().decode(UUID.self) }
    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(uuid)
    }
}

private struct Work: Decodable, Equatable, Sendable {
    let taskID: TaskID
    let createdAt: Date
    let costMicroUsd: Int
    let share: Double?
    let tags: [String]
    let related: [TaskID]
    let isDone: Bool
    let small: UInt16
}

@Suite("rows decode into structs", .timeLimit(.minutes(1)))
struct DecodingTests {
    @Test("columns go by name to properties, in any order, with more columns than asked for")
    func byName() async throws {
        let id = UUID()
        let rows = try await commonConnection().query(
            """
            select true as is_done, 'unused' as extra, \(id)::uuid as task_id, 5 as cost_micro_usd, 7 as small,
                case when n = 1 then 0.5::float8 end as share, array['a', 'b'] as tags, array[\(id)::uuid] as related,
                timestamptz '2001-01-01 00:00:02+00' as created_at
            from generate_series(1, 2) as n order by n
            """, as: Work.self)
        let expected = [0.5, nil].map {
            Work(
                taskID: TaskID(id), createdAt: Date(timeIntervalSinceReferenceDate: 2), costMicroUsd: 5, share: $0,
                tags: ["a", "b"], related: [TaskID(id)], isDone: true, small: 7)
        }
        #expect(rows == expected)
    }

    @Test("a row of one column decodes to a bare value; no row to nil")
    func single() async throws {
        let connection = try await commonConnection()
        #expect(try await connection.query("select generate_series(1, 3)", as: Int.self) == [1, 2, 3])
        #expect(try await connection.first("select sum(n) from generate_series(1, 3) n", as: Int.self) == 6)
        #expect(try await connection.first("select sum(1) where false", as: Int?.self) == .some(nil))
        #expect(try await connection.first("select 1 where false", as: Int.self) == nil)
        #expect(try await connection.first("select 1.25::numeric", as: Double.self) == 1.25)
        #expect(try await connection.first("select \(UUID())::uuid", as: TaskID.self) != nil)
        #expect(
            try await connection.first("select 'a' as x, 2 as y", as: [String: String].self) == ["x": "a", "y": "2"])
    }

    @Test("what does not fit names the column, what was expected and what was found")
    func misfits() async throws {
        struct Row: Decodable { let count: Int }
        struct Loose: Decodable { let count: Int? }
        let connection = try await commonConnection()
        let cases: [(SQL, DatabaseError)] = [
            ("select null::int as count", .undecodable(column: "count", expected: "Int", found: "null")),
            ("select 'secret' as count", .undecodable(column: "count", expected: "Int", found: "text")),
            ("select 1e30::numeric as count", .undecodable(column: "count", expected: "Int", found: "numeric")),
            ("select 1 as cuont", .undecodable(column: "count", expected: "a column for it", found: "cuont")),
        ]
        for (sql, error) in cases {
            await #expect(throws: error) { try await connection.query(sql, as: Row.self) }
        }
        await #expect(throws: cases[3].1) { try await connection.query(cases[3].0, as: Loose.self) }
        await #expect(
            throws: DatabaseError.undecodable(column: "a", expected: "one column, for Int", found: "2 columns")
        ) {
            try await connection.query("select 1 as a, 2 as b", as: Int.self)
        }
        #expect(try await connection.first("select 1", as: Int.self) == 1)
    }

    @Test("ten thousand rows decode quickly")
    func speed() async throws {
        let connection = try await commonConnection()
        let sql: SQL = """
            select gen_random_uuid() as task_id, now() as created_at, n as cost_micro_usd, n / 3.0::float8 as share,
                array['a', 'b'] as tags, array[gen_random_uuid()] as related, n % 2 = 0 as is_done, 3 as small
            from generate_series(1, 10000) as n
            """
        let start = ContinuousClock.now
        let rows = try await connection.query(sql, as: Work.self)
        #expect(rows.count == 10_000)
        #expect(rows.last?.costMicroUsd == 10_000)
        #expect(ContinuousClock.now - start < .seconds(10))
    }
}
