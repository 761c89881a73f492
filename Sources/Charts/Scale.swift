import Foundation

/// Values on a length, with round figures to mark.
struct Scale {
    let range: ClosedRange<Double>
    let ticks: [Double]

    /// From 0 to the first round figure above all values; `fixed` where the whole is known. Of whole numbers the half of
    /// it is one, too.
    init(_ values: [Double], unit: Unit, fixed: Double? = nil) {
        let highest = values.filter(\.isFinite).max() ?? 0
        let top = fixed ?? Self.roundAbove(unit.isWhole ? max(1, highest) : highest, isWhole: unit.isWhole)
        range = 0...top
        ticks = [0, top / 2, top]
    }

    func place(_ value: Double, on length: Double) -> Double {
        length * min(1, max(0, value / range.upperBound))
    }

    /// Times a power of ten; each has a round half.
    private static let figures = [1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10]

    /// Without values 1.
    private static func roundAbove(_ value: Double, isWhole: Bool) -> Double {
        guard value > 0 else { return 1 }
        let power = pow(10, floor(log10(value)))
        let tops = figures.map { $0 * power }.filter { !isWhole || $0.remainder(dividingBy: 2) == 0 }
        return tops.first { $0 >= value } ?? 10 * power
    }
}

/// How a value reads.
public struct Unit: Sendable {
    private let words: @Sendable (Double) -> String
    let isWhole: Bool

    /// `isWhole`: there is nothing between two whole numbers.
    public init(isWhole: Bool = false, _ words: @escaping @Sendable (Double) -> String) {
        self.isWhole = isWhole
        self.words = words
    }

    public func text(_ value: Double) -> String { words(value) }

    /// `0.86`.
    public static let score = Unit { String(format: "%.2f", $0) }
    /// `12`.
    public static let count = Unit(isWhole: true) { String(Int($0.rounded())) }
    /// `$1.50`; small amounts with two significant digits.
    public static let dollars = Unit { amount in
        guard amount > 0, amount < 0.995 else { return String(format: "$%.2f", amount) }
        let digits = min(6, max(2, 1 - Int(floor(log10(amount)))))
        return String(format: "$%.\(digits)f", amount)
    }
}
