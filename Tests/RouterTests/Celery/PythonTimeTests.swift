import Foundation
import HoneCore
import Testing

@testable import Router

@Suite("Python's times")
struct PythonTimeTests {
    @Test(
        "are read with any fraction and offset; without one they are UTC",
        arguments: [
            ("2026-11-21T09:01:00.370729+00:00", "2026-11-21T09:01:00.370Z"),
            ("2026-11-21T10:00:30.371398", "2026-11-21T10:00:30.371Z"),
            ("2026-11-21 10:00:30", "2026-11-21T10:00:30.000Z"), ("2026-11-21T10:00:30.5Z", "2026-11-21T10:00:30.500Z"),
            ("2026-11-21T00:00:00-03:30", "2026-11-21T03:30:00.000Z"),
        ])
    func read(_ text: String, _ expected: String) {
        #expect(PythonTime.date(from: text).map(WireFormat.text) == expected)
    }

    @Test("anything else is no time", arguments: ["", "soon", "2026-11-21", "2026-13-41T10:00:00", "10:00:00"])
    func refused(_ text: String) {
        #expect(PythonTime.date(from: text) == nil)
    }

    @Test("are written with an offset in digits")
    func written() {
        #expect(PythonTime.text(of: Date(timeIntervalSince1970: 0.25)) == "1970-01-01T00:00:00.250+00:00")
    }
}
