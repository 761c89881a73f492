/// A score in millionths: integers add up to exactly the same sum in any order, which fractions do not.
public struct Millionths: Hashable, Comparable, Sendable, AdditiveArithmetic {
    public var rawValue: Int64

    public init(rawValue: Int64) {
        self.rawValue = rawValue
    }

    /// Rounds to the nearest millionth; what is no number counts as 0.
    public init(_ value: Double) {
        let scaled = (value * 1_000_000).rounded()
        rawValue = scaled.isNaN ? 0 : Int64(exactly: scaled) ?? (scaled < 0 ? .min : .max)
    }

    public var value: Double { Double(rawValue) / 1_000_000 }

    public static let zero = Millionths(rawValue: 0)
    public static let one = Millionths(rawValue: 1_000_000)

    public static func < (left: Millionths, right: Millionths) -> Bool { left.rawValue < right.rawValue }
    public static func + (left: Millionths, right: Millionths) -> Millionths {
        Millionths(rawValue: left.rawValue + right.rawValue)
    }
    public static func - (left: Millionths, right: Millionths) -> Millionths {
        Millionths(rawValue: left.rawValue - right.rawValue)
    }
}
