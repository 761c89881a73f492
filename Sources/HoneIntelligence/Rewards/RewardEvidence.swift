public import HoneCore

/// What is known of a task when its reward is reckoned. The ledger row is rewritten when more is.
public struct RewardEvidence: Hashable, Sendable {
    /// nil when the task completed.
    public var fault: ErrorCode?
    /// nil while unknown.
    public var overall: Double?
    /// nil when the price is not known.
    public var cost: MicroUSD?
    public var durationMilliseconds: Int64
    /// One to five stars.
    public var rating: Int?
    /// The mean of the reviews weighed by their reviewers' reliability.
    public var peerMean: Double?

    public init(
        fault: ErrorCode? = nil, overall: Double? = nil, cost: MicroUSD?, durationMilliseconds: Int64,
        rating: Int? = nil, peerMean: Double? = nil
    ) {
        self.fault = fault
        self.overall = overall
        self.cost = cost
        self.durationMilliseconds = durationMilliseconds
        self.rating = rating
        self.peerMean = peerMean
    }
}

/// What a fast and a thrifty task of the category takes.
public struct RewardReference: Hashable, Sendable {
    public var cost: MicroUSD
    /// The category's 25th percentile; 10 s until that is known.
    public var durationMilliseconds: Int64

    public init(cost: MicroUSD, durationMilliseconds: Int64 = 10_000) {
        self.cost = cost
        self.durationMilliseconds = durationMilliseconds
    }
}
