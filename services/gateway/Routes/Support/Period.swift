import Foundation
import HoneCore

/// The time that `from` and `to` name; without them the last days.
struct Period {
    let from: Date
    let to: Date

    init(_ query: Query, days: Double, now: Date = Date()) throws(InvalidValue) {
        to = try query.moment("to", .end) ?? now
        from = try query.moment("from") ?? to.addingTimeInterval(-days * 86_400)
        try Self.check(from: from, to: to)
    }

    static func check(from: Date?, to: Date?) throws(InvalidValue) {
        guard let from, let to, from > to else { return }
        throw InvalidValue(path: "from", found: WireFormat.text(of: from), expected: "a time before `to`")
    }
}
