import Synchronization

/// What a bucket said to one request.
struct BucketReading: Hashable {
    let isAllowed: Bool
    /// How many more are allowed at this moment.
    let remaining: Int
    /// Seconds until all are allowed again.
    let resetSeconds: Int
    /// Seconds until the next one is.
    let retryAfter: Int
}

/// A bucket of tokens for each key: `capacity` at once, refilled evenly over `period`.
final class TokenBuckets<Key: Hashable & Sendable>: Sendable {
    private struct Bucket {
        var tokens: Double
        var at: ContinuousClock.Instant
    }

    let capacity: Int
    private let perSecond: Double
    private let buckets = Mutex<[Key: Bucket]>([:])
    private let mostKeys: Int

    init(capacity: Int, per period: Duration, mostKeys: Int = 50_000) {
        self.capacity = capacity
        perSecond = Double(capacity) / (period / .seconds(1))
        self.mostKeys = mostKeys
    }

    /// Takes a token, if there is one.
    func take(_ key: Key, at now: ContinuousClock.Instant = .now) -> BucketReading {
        buckets.withLock { buckets in
            if buckets[key] == nil, buckets.count >= mostKeys { makeRoom(&buckets, now) }
            let level = buckets[key].map { tokens(in: $0, now) } ?? Double(capacity)
            let isAllowed = level >= 1
            let left = isAllowed ? level - 1 : level
            buckets[key] = Bucket(tokens: left, at: now)
            return reading(isAllowed, left)
        }
    }

    /// How it stands, without taking anything.
    func look(_ key: Key, at now: ContinuousClock.Instant = .now) -> BucketReading {
        let level = buckets.withLock { $0[key] }.map { tokens(in: $0, now) } ?? Double(capacity)
        return reading(level >= 1, level)
    }

    /// Forgets the buckets that are full again; of too many others, the fuller half.
    private func makeRoom(_ buckets: inout [Key: Bucket], _ now: ContinuousClock.Instant) {
        let levels = buckets.mapValues { tokens(in: $0, now) }.filter { $0.value < Double(capacity) }
        let emptiest = levels.sorted { $0.value < $1.value }.prefix(mostKeys / 2)
        buckets = emptiest.reduce(into: [:]) { $0[$1.key] = Bucket(tokens: $1.value, at: now) }
    }

    private func tokens(in bucket: Bucket, _ now: ContinuousClock.Instant) -> Double {
        min(Double(capacity), bucket.tokens + max(0, (now - bucket.at) / .seconds(1)) * perSecond)
    }

    private func reading(_ isAllowed: Bool, _ left: Double) -> BucketReading {
        BucketReading(
            isAllowed: isAllowed, remaining: Int(left), resetSeconds: seconds(Double(capacity) - left),
            retryAfter: max(1, seconds(1 - left)))
    }

    private func seconds(_ tokens: Double) -> Int { Int((max(0, tokens) / perSecond).rounded(.up)) }
}
