import Foundation
import HTTP
import HoneCore
import HoneService
import HoneTestKit
import TestServers
import Testing

@testable import Gateway

@Suite("So many requests a minute", .timeLimit(.minutes(10)))
struct RateLimitTests {
    private let start = ContinuousClock.now

    @Test("a bucket gives what it holds, then as much as flows in")
    func bucket() {
        let buckets = TokenBuckets<String>(capacity: 60, per: .seconds(60))
        for left in (0..<60).reversed() {
            let reading = buckets.take("a", at: start)
            #expect(reading.isAllowed && reading.remaining == left)
        }
        let empty = buckets.take("a", at: start)
        #expect(empty == BucketReading(isAllowed: false, remaining: 0, resetSeconds: 60, retryAfter: 1))
        #expect(buckets.take("b", at: start).isAllowed)
        #expect(buckets.take("a", at: start + .milliseconds(1_001)).isAllowed)
        #expect(!buckets.take("a", at: start + .milliseconds(1_002)).isAllowed)
        #expect(buckets.look("a", at: start + .seconds(3_600)).remaining == 60)
        // A clock that steps back gives nothing away.
        #expect(!buckets.take("a", at: start - .seconds(100)).isAllowed)
    }

    @Test("keys that are full again are forgotten")
    func forgotten() {
        let buckets = TokenBuckets<Int>(capacity: 1, per: .seconds(1), mostKeys: 10)
        for key in 0..<10 { _ = buckets.take(key, at: start) }
        for key in 10..<20 { #expect(buckets.take(key, at: start + .seconds(5)).isAllowed) }
        #expect(!buckets.take(19, at: start + .seconds(5)).isAllowed)
    }

    @Test("of too many keys the emptiest are remembered")
    func crowded() {
        let buckets = TokenBuckets<Int>(capacity: 3, per: .seconds(60), mostKeys: 10)
        for _ in 0..<3 { _ = buckets.take(0, at: start) }
        for key in 1..<100 { #expect(buckets.take(key, at: start).isAllowed) }
        #expect(!buckets.take(0, at: start).isAllowed)
    }

    @Test("each caller has a limit of its own, is told how it stands, and waits when it is used up")
    func callers() async throws {
        let settings = TestGateway.withAuthentication.merging(["HONE_RATE_LIMIT": "3"]) { $1 }
        try await TestGateway.open(settings: settings) { gateway in
            let (one, two) = (try await gateway.key(.viewer).text, try await gateway.key(.viewer).text)
            for left in [2, 1, 0] {
                let answer = try await gateway.get(Doorman.path, headers: [.bearer(one)])
                #expect(answer.status == 200)
                #expect(answer.headers["ratelimit-limit"] == "3" && answer.headers["ratelimit-remaining"] == "\(left)")
                #expect(answer.headers["ratelimit-reset"].flatMap { Int($0) } ?? 0 > 0)
            }
            let refused = try await gateway.get(Doorman.path, headers: [.bearer(one)])
            #expect(refused.status == 429)
            #expect(refused.headers["retry-after"] == "20" || refused.headers["retry-after"] == "19")
            #expect(refused.headers["ratelimit-remaining"] == "0")
            #expect(try refused.value["code"] == "rate_limited")
            #expect(try await gateway.status(two) == 200)
            #expect(try await gateway.get("/healthz").status == 200)
        }
    }

    @Test("without authentication there is none unless it is asked for, and 0 is none")
    func defaults() async throws {
        try await TestGateway.open { gateway async throws in
            #expect(try await gateway.get(Doorman.path).headers["ratelimit-limit"] == nil)
            #expect(gateway.workshop.settings.gateway.rateLimit == nil)
        }
    }
}
