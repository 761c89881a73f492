/// The place of an entry in a stream: a millisecond since 1970, and a number within it.
public struct RedisStreamID: Sendable, Hashable, Comparable, LosslessStringConvertible {
    public let milliseconds: UInt64
    public let sequence: UInt64

    /// Before every entry.
    public static let zero = RedisStreamID(milliseconds: 0, sequence: 0)

    public init(milliseconds: UInt64, sequence: UInt64) {
        self.milliseconds = milliseconds
        self.sequence = sequence
    }

    /// Reads `1700000000000-0`; the sequence is 0 when it is left out.
    public init?(_ text: String) {
        self.init(Array(text.utf8)[...])
    }

    init?(_ text: ArraySlice<UInt8>) {
        let dash = text.firstIndex(of: UInt8(ascii: "-")) ?? text.endIndex
        guard let milliseconds = Self.number(text[..<dash]) else { return nil }
        guard let sequence = dash < text.endIndex ? Self.number(text[(dash + 1)...]) : 0 else { return nil }
        self.init(milliseconds: milliseconds, sequence: sequence)
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> UInt64? {
        var number: UInt64 = 0
        for digit in digits {
            guard (0x30...0x39).contains(digit) else { return nil }
            let (tenfold, isOver) = number.multipliedReportingOverflow(by: 10)
            let (next, isOverToo) = tenfold.addingReportingOverflow(UInt64(digit - 0x30))
            if isOver || isOverToo { return nil }
            number = next
        }
        return digits.isEmpty ? nil : number
    }

    public var description: String { "\(milliseconds)-\(sequence)" }

    /// The smallest id after this one.
    public var next: RedisStreamID {
        let (sequence, isOver) = sequence.addingReportingOverflow(1)
        return RedisStreamID(milliseconds: isOver ? milliseconds + 1 : milliseconds, sequence: sequence)
    }

    public static func < (left: Self, right: Self) -> Bool {
        (left.milliseconds, left.sequence) < (right.milliseconds, right.sequence)
    }
}
