/// An amount of money in millionths of a US dollar: exact to add, never rounded away.
public struct MicroUSD: Hashable, Comparable, Sendable {
    public var rawValue: Int64

    public init(_ rawValue: Int64) {
        self.rawValue = rawValue
    }

    /// Rounds to the nearest micro-dollar; out-of-range and not-a-number amounts become the nearest bound or zero.
    public init(dollars: Double) {
        let micros = (dollars * 1_000_000).rounded()
        rawValue = micros.isNaN ? 0 : Int64(exactly: micros) ?? (micros < 0 ? .min : .max)
    }

    public var dollars: Double { Double(rawValue) / 1_000_000 }

    public static let zero = MicroUSD(0)

    public static func < (left: MicroUSD, right: MicroUSD) -> Bool { left.rawValue < right.rawValue }
}

extension MicroUSD: AdditiveArithmetic {
    public static func + (left: MicroUSD, right: MicroUSD) -> MicroUSD { MicroUSD(left.rawValue + right.rawValue) }
    public static func - (left: MicroUSD, right: MicroUSD) -> MicroUSD { MicroUSD(left.rawValue - right.rawValue) }
}

extension MicroUSD: CustomStringConvertible {
    /// Dollars with six decimals: `$0.000420`.
    public var description: String {
        let (whole, part) = rawValue.magnitude.quotientAndRemainder(dividingBy: 1_000_000)
        let digits = String(part)
        return (rawValue < 0 ? "-$" : "$") + "\(whole)." + String(repeating: "0", count: 6 - digits.count) + digits
    }
}
