public import Foundation
import HoneCore
public import HoneStore

/// How the installation does, in a few figures.
public struct MetricsBody: Codable, Sendable {
    /// Seconds from acceptance to the end.
    public struct Latency: Codable, Sendable {
        @OrNull public var p50: Double?
        @OrNull public var p95: Double?
        @OrNull public var p99: Double?
    }

    /// The figures of rates and latencies are of this many last seconds.
    public var windowSeconds: Int
    public var tasksPerSecond: Double
    public var completed: Int
    public var failed: Int
    @OrNull public var successRate: Double?
    public var latencySeconds: Latency
    /// Since midnight UTC, for all calls of models whose price is known.
    public var costTodayUSD: Double
    public var tokensToday: Int
    public var tasksOpen: Int
    public var asOf: Date

    enum CodingKeys: String, CodingKey {
        case completed, failed
        case windowSeconds = "window_seconds"
        case tasksPerSecond = "tasks_per_second"
        case successRate = "success_rate"
        case latencySeconds = "latency_seconds"
        case costTodayUSD = "cost_today_usd"
        case tokensToday = "tokens_today"
        case tasksOpen = "tasks_open"
        case asOf = "as_of"
    }

    public init(_ pulse: PulseRecord, window: Int, at time: Date) {
        windowSeconds = window
        tasksPerSecond = Double(pulse.ended) / Double(max(1, window))
        completed = pulse.completed
        failed = pulse.ended - pulse.completed
        successRate = pulse.ended > 0 ? Double(pulse.completed) / Double(pulse.ended) : nil
        latencySeconds = Latency(p50: pulse.p50, p95: pulse.p95, p99: pulse.p99)
        costTodayUSD = pulse.costToday.dollars
        tokensToday = pulse.tokensToday
        tasksOpen = pulse.open
        asOf = time
    }
}
