import Foundation
import HoneCore

/// Times as Python's `datetime.isoformat()` writes them.
enum PythonTime {
    /// Reads ISO 8601 with any number of fractional digits, of which milliseconds count; without an offset it is UTC,
    /// as with Celery. nil when it is something else.
    static func date(from text: String) -> Date? {
        let pattern = /(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)?/
        guard let parts = text.wholeMatch(of: pattern)?.output else { return nil }
        let fraction = (parts.3.map { String($0.prefix(3)) } ?? "").padding(toLength: 3, withPad: "0", startingAt: 0)
        return WireFormat.date(from: "\(parts.1)T\(parts.2).\(fraction)\(parts.4 ?? "Z")")
    }

    /// UTC, with an offset that Python of any version reads.
    static func text(of date: Date) -> String {
        WireFormat.text(of: date).replacing("Z", with: "+00:00")
    }
}
