public import Foundation
import HoneCore

/// How people name a time: RFC 3339, or a day in UTC.
public enum Moment {
    /// Which end of a day is meant.
    public enum Edge: Sendable { case start, end }

    /// Nil when `text` is neither.
    public static func date(_ text: String, _ edge: Edge = .start) -> Date? {
        if let time = WireFormat.date(from: text) { return time }
        guard text.utf8.count == 10, let start = WireFormat.date(from: text + "T00:00:00Z") else { return nil }
        return edge == .start ? start : start.addingTimeInterval(86_400 - 1e-6)
    }
}
