public import Foundation
public import HoneCore

extension Moment {
    /// From one to the other; without them the last `days`.
    public static func period(
        from: Date?, to: Date?, days: Double, now: Date = Date()
    ) throws(InvalidValue) -> ClosedRange<Date> {
        let end = to ?? now
        let start = from ?? end.addingTimeInterval(-days * 86_400)
        try checkOrder(from: start, to: end)
        return start...end
    }

    public static func checkOrder(from: Date?, to: Date?) throws(InvalidValue) {
        guard let from, let to, from > to else { return }
        throw InvalidValue(path: "from", found: WireFormat.text(of: from), expected: "a time before `to`")
    }
}
