/// Waiting times that double and are spread at random, so that many retries do not meet again ("full jitter").
public struct Backoff: Hashable, Sendable {
    public var first: Duration
    public var longest: Duration

    public init(first: Duration, longest: Duration) {
        self.first = first
        self.longest = longest
    }

    public static let standard = Backoff(first: .seconds(1), longest: .seconds(60))

    /// Between half and the whole of `first · 2^(attempt − 1)`, at most `longest`; attempts count from 1.
    public func delay(attempt: Int, using generator: inout some RandomNumberGenerator) -> Duration {
        let doublings = min(max(attempt - 1, 0), 30)
        let ceiling = min(first * (1 << doublings), longest)
        return ceiling * Double.random(in: 0.5...1, using: &generator)
    }
}
