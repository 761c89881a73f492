public import Foundation
public import HoneCore

/// One exchange with an endpoint, whether it went well or not; a retried call is several.
public struct ModelCall: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, Codable {
        case chat, embedding
    }

    public enum Outcome: Hashable, Sendable {
        case answered(FinishReason)
        case failed(ModelFault.Reason)
        /// The caller gave up, or its receiver threw.
        case cancelled
    }

    public var model: ModelID
    public var provider: ModelProvider
    public var kind: Kind
    /// The request's own.
    public var labels: [String: String]
    public var traceparent: String?
    public var usage: TokenUsage
    /// The endpoint did not say what it used; see `TokenEstimate`.
    public var usageIsEstimated: Bool
    /// nil when the price is not known.
    public var cost: MicroUSD?
    public var startedAt: Date
    public var duration: Duration
    public var timeToFirstToken: Duration?
    public var outcome: Outcome
}

/// Learns of every finished exchange before its caller does: budgets, records, metrics.
public protocol ModelCallObserver: Sendable {
    func finished(_ call: ModelCall) async
}
