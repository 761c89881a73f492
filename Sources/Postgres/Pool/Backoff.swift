/// Pauses that double up to a limit, each shortened by chance so that many callers do not come back together.
struct Backoff {
    private var bound: Duration
    private let limit: Duration

    init(first: Duration, limit: Duration) {
        bound = first
        self.limit = limit
    }

    /// Between half the bound and all of it.
    mutating func next() -> Duration {
        defer { bound = min(bound * 2, limit) }
        return bound * Double.random(in: 0.5...1)
    }
}
