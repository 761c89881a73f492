/// The numbers that one field of cron lets through.
struct CronField: Sendable, Hashable {
    /// It restricts nothing.
    let isAny: Bool
    private let numbers: Set<Int>

    init(_ text: Substring, _ name: String, _ range: ClosedRange<Int>) throws(RecurrenceFault) {
        var numbers: Set<Int> = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let some = Self.numbers(part, range) else {
                throw RecurrenceFault(
                    "\(name) \"\(text)\": expected *, numbers from \(range.lowerBound) to \(range.upperBound), ranges such "
                        + "as 1-5, steps such as */2, or several with commas")
            }
            numbers.formUnion(some)
        }
        self.numbers = numbers
        isAny = text == "*"
    }

    func contains(_ number: Int) -> Bool { numbers.contains(number) }

    private static func numbers(_ text: Substring, _ range: ClosedRange<Int>) -> [Int]? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let base = parts.first, let span = span(base, range, open: parts.count == 2) else {
            return nil
        }
        guard let last = parts.dropFirst().first else { return Array(span) }
        guard let step = number(last), step > 0 else { return nil }
        return Array(stride(from: span.lowerBound, through: span.upperBound, by: step))
    }

    /// A lone number before a step goes on to the end.
    private static func span(_ text: Substring, _ range: ClosedRange<Int>, open: Bool) -> ClosedRange<Int>? {
        if text == "*" { return range }
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map(number)
        guard let low = ends.first.flatMap(\.self), ends.count <= 2 else { return nil }
        guard let high = ends.count == 2 ? ends[1] : open ? range.upperBound : low else { return nil }
        return low <= high && range.contains(low) && range.contains(high) ? low...high : nil
    }

    /// Digits alone: `Int` would take a sign.
    private static func number(_ text: Substring) -> Int? {
        text.allSatisfy { $0.isASCII && $0.isNumber } ? Int(text) : nil
    }
}
