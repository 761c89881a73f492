import Foundation
import Testing

@testable import HoneEvolution

@Suite("When schedules are due")
struct RecurrenceTests {
    private func time(_ text: String) throws -> Date { try Date(text, strategy: .iso8601) }

    @Test(
        "cron's fields are read as cron reads them, in UTC",
        arguments: [
            ("0 3 * * *", "2026-11-21T02:59:59Z", "2026-11-21T03:00:00Z"),
            ("0 3 * * *", "2026-11-21T03:00:00Z", "2026-11-22T03:00:00Z"),
            ("*/15 * * * *", "2026-11-21T23:50:10Z", "2026-11-22T00:00:00Z"),
            ("5/20 * * * *", "2026-11-21T10:26:00Z", "2026-11-21T10:45:00Z"),
            ("30 8-10,20 * * *", "2026-11-21T10:30:00Z", "2026-11-21T20:30:00Z"),
            ("0 0 * * 1", "2026-11-21T12:00:00Z", "2026-11-23T00:00:00Z"),
            ("0 0 * * 0", "2026-11-21T12:00:00Z", "2026-11-22T00:00:00Z"),
            ("0 0 * * 7", "2026-11-21T12:00:00Z", "2026-11-22T00:00:00Z"),
            ("0 0 29 2 *", "2026-11-21T12:00:00Z", "2028-02-29T00:00:00Z"),
            ("0 0 29 2 *", "2096-03-01T00:00:00Z", "2104-02-29T00:00:00Z"),
            ("0 0 13 * 5", "2026-11-21T12:00:00Z", "2026-11-27T00:00:00Z"),
            ("59 23 31 12 *", "2026-12-31T23:59:00Z", "2027-12-31T23:59:00Z"),
            ("0 12 1 1 *", "1969-06-01T00:00:00Z", "1970-01-01T12:00:00Z"),
        ])
    func cron(text: String, after: String, expected: String) throws {
        let recurrence = try Recurrence(text)
        #expect(try recurrence.next(after: time(after), from: .distantPast) == time(expected))
    }

    @Test("intervals keep their beat, whenever they are asked for")
    func intervals() throws {
        let start = try time("2026-11-21T10:00:00Z")
        let recurrence = try Recurrence("6h")
        #expect(try recurrence.next(after: start, from: start) == time("2026-11-21T16:00:00Z"))
        #expect(try recurrence.next(after: time("2026-11-21T16:00:00Z"), from: start) == time("2026-11-21T22:00:00Z"))
        #expect(try recurrence.next(after: time("2026-11-23T09:00:00Z"), from: start) == time("2026-11-23T10:00:00Z"))
        #expect(try recurrence.next(after: time("2026-11-20T00:00:00Z"), from: start) == time("2026-11-21T16:00:00Z"))
        #expect(try Recurrence("90m").next(after: start, from: start) == time("2026-11-21T11:30:00Z"))
        #expect(try Recurrence("7d").next(after: start, from: start) == time("2026-11-28T10:00:00Z"))
    }

    @Test("every minute of four years is found, and none that does not match")
    func everyMatch() throws {
        let recurrence = try Recurrence("17 5 28-31 * *")
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        var time = try time("2025-12-31T23:59:00Z")
        var days = 0
        while time < (try self.time("2030-01-01T00:00:00Z")) {
            time = recurrence.next(after: time, from: .distantPast)
            let parts = calendar.dateComponents([.day, .hour, .minute, .second], from: time)
            #expect(parts.hour == 5 && parts.minute == 17 && parts.second == 0 && (parts.day ?? 0) >= 28)
            days += 1
        }
        // Of 48 months and one day in 2030: 28th each, 29th but in three Februaries, 30th, and 31st.
        #expect(days == 48 + 45 + 44 + 28 + 1)
    }

    @Test(
        "what is no recurrence is refused, and what was expected is said",
        arguments: [
            "", "soon", "6", "6x", "0h", "-6h", "+6h", "30s", "400d", "1.5h", "* * * *", "* * * * * *", "60 * * * *",
            "* 24 * * *", "* * 0 * *", "* * * 13 *", "* * * * 8", "a * * * *", "1- * * * *", "5-1 * * * *",
            "*/0 * * * *", "*/ * * * *", "1,,2 * * * *", "-1 * * * *", "1/2/3 * * * *", "0 0 31 2 *", "0 0 30 2 *",
        ])
    func refusals(text: String) throws {
        let fault = try #require(throws: RecurrenceFault.self) { try Recurrence(text) }
        #expect(fault.description.contains("expected") || fault.description.contains("no such day"))
    }
}
