public import Foundation

/// A place in a list that is ordered by time: exact to the microsecond, which the record keeps and JSON times do not.
public struct TimePlace: Codable, Sendable, Hashable {
    let microseconds: Int64
    /// Tells what happened at the same time apart.
    public let id: String

    public init(_ time: Date, id: String) {
        microseconds = Int64((time.timeIntervalSince1970 * 1e6).rounded())
        self.id = id
    }

    public var time: Date { Date(timeIntervalSince1970: Double(microseconds) / 1e6) }
}
