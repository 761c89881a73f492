public import Foundation
public import HoneCore

/// Which models do not answer, as far as failed attempts tell: the executors' own circuits are in other processes.
public struct CircuitWatch: Sendable {
    /// So many failures within ``window`` open a model's circuit.
    public static let failures = 3
    public static let window: TimeInterval = 10
    /// So long after the last of them it is tried again.
    public static let pause: TimeInterval = 15

    private var latest: [ModelID: [Date]] = [:]

    public init() {}

    /// An attempt failed because `model` could not be reached.
    public mutating func note(_ model: ModelID, at time: Date) {
        latest[model] = Array(((latest[model] ?? []) + [time]).suffix(Self.failures))
    }

    public func isOpen(_ model: ModelID, at now: Date) -> Bool {
        guard let times = latest[model], times.count == Self.failures, let first = times.first, let last = times.last
        else { return false }
        return last.timeIntervalSince(first) <= Self.window && now.timeIntervalSince(last) < Self.pause
    }
}
