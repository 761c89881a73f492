public import HoneIntelligence

/// How well somebody agrees with those who count as the truth.
public struct AgreementBody: Codable, Sendable {
    /// A value with its 95 % interval; the ends are null where there is too little to tell them.
    public struct Ranged: Codable, Sendable {
        @OrNull public var value: Double?
        @OrNull public var low: Double?
        @OrNull public var high: Double?

        init(_ value: Double?, _ interval: ClosedRange<Double>?) {
            self.value = value
            low = interval?.lowerBound
            high = interval?.upperBound
        }

        init(_ estimate: IntervalEstimate?) {
            value = estimate?.value
            low = estimate?.low
            high = estimate?.high
        }
    }

    /// What both have seen.
    public var count: Int
    /// The share on which both say pass, or both say fail.
    @OrNull public var agreement: Double?
    /// Cohen's, on pass and fail.
    public var kappa: Ranged
    /// On the order.
    public var spearman: Ranged
    /// By how much the scores lie above the truth.
    @OrNull public var bias: Double?

    public init(_ agreement: Agreement) {
        count = agreement.count
        self.agreement = agreement.kappa.agreement
        kappa = Ranged(agreement.kappa.value, agreement.kappa.interval)
        spearman = Ranged(agreement.spearman.value, agreement.spearman.interval)
        bias = agreement.bias
    }
}
