import Foundation
import Postgres
import Testing

private enum Mood: String, Codable, Sendable, PostgresEncodable, CaseIterable { case happy, sad }
private enum Grade: Int, Codable, Sendable, PostgresEncodable { case low = 1, high = 10 }

@Suite("values travel to the server and back unchanged", .timeLimit(.minutes(2)))
struct ValueTests {
    private func expectRoundTrip<Value: PostgresEncodable & Decodable & Equatable & Sendable>(
        _ values: [Value], as type: String
    ) async throws {
        let connection = try await commonConnection()
        try await connection.execute(script: "create temp table kept (value \(type))")
        for value in values {
            try await connection.run("truncate kept")
            try await connection.run("insert into kept values (\(value))")
            #expect(try await connection.first("select value from kept", as: Value.self) == value)
        }
    }

    @Test("whole numbers, to both ends of their types")
    func integers() async throws {
        try await expectRoundTrip([0, 1, -1, .max, .min], as: "bigint")
        try await expectRoundTrip([Int32.min, 0, .max], as: "integer")
        try await expectRoundTrip([Int64.min, 0, .max], as: "bigint")
        try await expectRoundTrip([Int16.min, 0, .max], as: "smallint")
    }

    @Test("doubles, with infinities and the smallest and largest")
    func doubles() async throws {
        let values: [Double] = [
            0, -0.0, 0.1, 1 / 3, 1e-7, .pi, .greatestFiniteMagnitude, -.greatestFiniteMagnitude, .leastNonzeroMagnitude,
            .infinity, -.infinity, 123_456_789.123_456_78,
        ]
        try await expectRoundTrip(values, as: "double precision")
        let connection = try await commonConnection()
        #expect(try await connection.first("select \(Double.nan)::double precision", as: Double.self)?.isNaN == true)
    }

    @Test("texts with quotes, backslashes, controls and every kind of letter")
    func texts() async throws {
        try await expectRoundTrip(
            [
                "", "plain", "it's", "\"quoted\"", "back\\slash", "tab\tnewline\n\r", "ümlaut 漢字 🦉 e\u{301}", "NULL",
                "{}",
            ],
            as: "text")
    }

    @Test("a text with the character zero is refused, not cut")
    func zero() async throws {
        let connection = try await commonConnection()
        await #expect(
            throws: DatabaseError.rejected(
                sqlState: "22021", message: "a text value contains the character zero")
        ) {
            try await connection.run("select \("before\0after")::text")
        }
        #expect(try await connection.first("select 1", as: Int.self) == 1)
    }

    @Test("booleans, UUIDs and null")
    func others() async throws {
        try await expectRoundTrip([true, false], as: "boolean")
        try await expectRoundTrip([UUID(), UUID(uuidString: "00000000-0000-0000-0000-000000000000")], as: "uuid")
        try await expectRoundTrip([nil, UUID(), nil], as: "uuid")
        try await expectRoundTrip([Int?.none, 7], as: "bigint")
    }

    @Test("all 256 bytes, and none")
    func bytes() async throws {
        try await expectRoundTrip([[], Array(UInt8.min...UInt8.max)], as: "bytea")
        try await expectRoundTrip([Data(), Data(UInt8.min...UInt8.max)], as: "bytea")
        try await expectRoundTrip([[[0, 255], [], Array("{\"}".utf8)] as [[UInt8]]], as: "bytea[]")
    }

    @Test("instants keep their microseconds, before 1970 and before Christ too")
    func dates() async throws {
        let connection = try await commonConnection()
        let cases: [(text: String, microseconds: Int)] = [
            ("1970-01-01 00:00:00+00", 0), ("1969-12-31 23:59:59.999999+00", -1),
            ("2026-02-28 23:59:59.000001+00", 1_772_323_199_000_001),
            ("2024-02-29 12:00:00.5+00", 1_709_208_000_500_000), ("1900-01-01 00:00:00+00", -2_208_988_800_000_000),
            ("0001-01-01 00:00:00+00", -62_135_596_800_000_000), ("0044-03-15 12:00:00+00 BC", -63_517_780_800_000_000),
        ]
        for (text, microseconds) in cases {
            let date = try #require(
                try await connection.first("select \(text)::timestamptz", as: Date.self), "\(text)")
            let server = try await connection.first(
                "select (extract(epoch from \(text)::timestamptz) * 1000000)::bigint", as: Int.self)
            #expect(server == microseconds, "\(text)")
            #expect(abs(date.timeIntervalSince1970 * 1e6 - Double(server ?? 0)) <= 8, "\(text)")
            #expect(
                try await connection.first("select \(date)::timestamptz = \(text)::timestamptz", as: Bool.self) == true,
                "\(text)")
        }
    }

    @Test("a thousand random instants come back to the microsecond")
    func randomDates() async throws {
        let connection = try await commonConnection()
        let dates = (0..<1000).map { _ in
            Date(
                timeIntervalSinceReferenceDate: Double(Int64.random(in: -2_000_000_000_000_000...2_000_000_000_000_000))
                    / 1e6)
        }
        let back = try await connection.query(
            "select instant from unnest(\(dates)::timestamptz[]) with ordinality as d (instant, n) order by n",
            as: Date.self)
        #expect(zip(back, dates).allSatisfy { $0 == $1 } && back.count == 1000)
    }

    @Test("zoneless timestamps and dates are read as UTC, infinity as the far ends, and a BC date as such")
    func otherDates() async throws {
        let connection = try await commonConnection()
        #expect(
            try await connection.first("select timestamp '2001-01-01 00:00:01'", as: Date.self)
                == Date(timeIntervalSinceReferenceDate: 1))
        #expect(
            try await connection.first("select date '2001-01-02'", as: Date.self)
                == Date(timeIntervalSinceReferenceDate: 86400))
        #expect(try await connection.first("select timestamptz 'infinity'", as: Date.self) == .distantFuture)
        let last = try #require(
            try await connection.first("select timestamptz '294276-12-31 12:00:00+00'", as: Date.self))
        #expect(
            try await connection.first("select to_char(\(last)::timestamptz, 'YYYY-MM-DD')", as: String.self)
                == "294276-12-31")
        #expect(try await connection.first("select date '0044-03-15 BC'", as: Date.self) != nil)
        try await expectRoundTrip([Date.distantPast, .distantFuture], as: "timestamptz")
    }

    @Test("a date Postgres cannot hold is refused")
    func impossibleDate() async throws {
        let connection = try await commonConnection()
        for seconds in [Double.nan, .infinity, 1e300, -1e300, 1e14] {
            await #expect(throws: DatabaseError.self) {
                try await connection.run("select \(Date(timeIntervalSince1970: seconds))::timestamptz")
            }
        }
    }

    @Test("arrays: empty, with nulls, with everything that needs quoting, and nested")
    func arrays() async throws {
        try await expectRoundTrip([[], [1, -2, .max]], as: "bigint[]")
        try await expectRoundTrip(
            [[], [nil, "", "NULL", "null", "a,b", "{x}", "\"", "\\", "\\\"", " ", "漢\n"]], as: "text[]")
        try await expectRoundTrip([[true, nil, false]], as: "boolean[]")
        try await expectRoundTrip([[UUID(), UUID()]], as: "uuid[]")
        try await expectRoundTrip([[1.5, -.infinity, 0]], as: "double precision[]")
        try await expectRoundTrip([[["a", "b,\""], ["\\", "}{"]]], as: "text[][]")
        try await expectRoundTrip([[[1, 2], [3, 4]]], as: "integer[][]")
        try await expectRoundTrip([[Date(timeIntervalSinceReferenceDate: 0.5)]], as: "timestamptz[]")
        try await expectRoundTrip([[String]?.none, ["x"]], as: "text[]")
        let connection = try await commonConnection()
        #expect(try await connection.first("select '[0:1]={7,8}'::int[]", as: [Int].self) == [7, 8])
        #expect(try await connection.first("select array['a','b']", as: Set<String>.self) == ["a", "b"])
    }

    @Test("enums travel as their raw values, into text and into enum types")
    func enums() async throws {
        let connection = try await commonConnection()
        try await connection.execute(script: "create type pg_temp.mood as enum ('happy', 'sad')")
        try await connection.execute(script: "create temp table kept (mood pg_temp.mood, all_moods text[])")
        try await connection.run("insert into kept values (\(Mood.sad), \(Mood.allCases))")
        #expect(try await connection.first("select mood from kept", as: Mood.self) == .sad)
        #expect(try await connection.first("select all_moods from kept", as: [Mood].self) == Mood.allCases)
        #expect(try await connection.first("select \(Grade.high)::int", as: Grade.self) == .high)
        #expect(try await connection.first("select null::text", as: Mood?.self) == .some(nil))
    }

    @Test("an unknown enum value is an error that names the column and not the value")
    func unknownEnum() async throws {
        let connection = try await commonConnection()
        await #expect(throws: DatabaseError.undecodable(column: "mood", expected: "Mood", found: "text")) {
            try await connection.first("select 'confidential' as mood", as: Mood.self)
        }
    }
}
