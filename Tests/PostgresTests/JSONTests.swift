import Foundation
import Postgres
import Testing

private struct Settings: Codable, Hashable, Sendable {
    var title: String
    var limits: [String: Double]
    var since: Date
    var note: String?
}

@Suite("JSON columns hold Codable values", .timeLimit(.minutes(1)))
struct JSONTests {
    private let settings = Settings(
        title: "a \"b\" \\ 漢 🦉 '", limits: ["x": 0.1, "y": -3], since: Date(timeIntervalSinceReferenceDate: 1.000001))

    @Test("a value bound as PostgresJSON comes back wrapped, bare, and inside an array")
    func roundTrip() async throws {
        struct Row: Decodable {
            let wrapped: PostgresJSON<Settings>
            let bare: Settings
            let many: [Settings]
            let text: String
            let missing: Settings?
            let wrappedMissing: PostgresJSON<Settings>?
            let counts: [Int]
        }
        let json = PostgresJSON(settings)
        let row = try #require(
            try await commonConnection().first(
                """
                select \(json)::jsonb as wrapped, \(json)::json as bare, \([json, json])::jsonb[] as many,
                    '{"a": 1}'::jsonb as text, null::jsonb as missing, null::jsonb as wrapped_missing,
                    '[1, 2]'::jsonb as counts
                """, as: Row.self))
        #expect(row.wrapped.value == settings)
        #expect(row.bare == settings)
        #expect(row.many == [settings, settings])
        #expect(row.text == "{\"a\": 1}")
        #expect(row.missing == nil)
        #expect(row.wrappedMissing == nil)
        #expect(row.counts == [1, 2])
    }

    @Test("a row of one JSON column decodes to PostgresJSON")
    func single() async throws {
        let row = try await commonConnection().first(
            "select \(PostgresJSON(settings))::jsonb", as: PostgresJSON<Settings>.self)
        #expect(row?.value == settings)
    }

    @Test("dates are ISO 8601 with a fraction, and are read without one and in other zones")
    func dates() async throws {
        let connection = try await commonConnection()
        let date = Date(timeIntervalSince1970: 1_772_323_199.5)
        #expect(
            try await connection.first("select \(PostgresJSON([date]))::jsonb ->> 0", as: String.self)
                == "2026-02-28T23:59:59.500000Z")
        #expect(
            try await connection.first(
                #"select '["2026-02-28T23:59:59.5Z", "2026-03-01T01:29:59.50+01:30"]'::jsonb"#, as: [Date].self)
                == [date, date])
    }

    @Test("a misfit names the place in the document, not what stands there")
    func misfit() async throws {
        await #expect(
            throws: DatabaseError.undecodable(
                column: "settings", expected: "PostgresJSON<Settings>",
                found: "JSON that does not fit at limits.x (wrong type)")
        ) {
            try await commonConnection().first(
                #"select '{"title": "t", "limits": {"x": "confidential"}}'::jsonb as settings"#,
                as: PostgresJSON<Settings>.self)
        }
    }

    @Test(
        "a date in JSON that is none is a misfit, however large",
        arguments: [
            "", "now", "2026-02", "2026-13-01T00:00:00Z", "9999999-01-01T00:00:00Z", "2026-01-01T9999999:00:00Z",
            "2026-01-01T00:00:00.1234567Z", "2026-01-01T00:00:00+9999999", "2026-01-01T00:00:00Zx",
        ])
    func badDates(_ text: String) async throws {
        await #expect(throws: DatabaseError.self) {
            try await commonConnection().first("select \(PostgresJSON([text]))::jsonb", as: [Date].self)
        }
    }

    @Test("a value JSON cannot hold is refused before anything is sent")
    func unsendable() async throws {
        await #expect(throws: DatabaseError.rejected(sqlState: "22000", message: "a Array<Double> has no JSON form")) {
            try await commonConnection().run("select \(PostgresJSON([Double.nan]))::jsonb")
        }
    }
}
