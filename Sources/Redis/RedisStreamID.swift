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
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), maxSplits: 1, omittingEmptySubsequences: false)
        guard let milliseconds = parts.first.flatMap({ UInt64(Substring($0)) }) else { return nil }
        guard let sequence = parts.count > 1 ? UInt64(Substring(parts[1])) : 0 else { return nil }
        self.init(milliseconds: milliseconds, sequence: sequence)
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
