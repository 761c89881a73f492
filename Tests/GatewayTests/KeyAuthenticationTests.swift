import Foundation
import HTTP
import HoneCore
import HoneStore
import HoneTestKit
import NIOCore
import TestServers
import Testing

@testable import Gateway

@Suite("Keys", .timeLimit(.minutes(10)))
struct KeyAuthenticationTests {
    @Test("a key opens, nothing and anything else do not, and the answer says how to ask")
    func opens() async throws {
        try await TestGateway.open(settings: TestGateway.withAuthentication) { gateway in
            let key = try await gateway.key(.viewer)
            #expect(try await gateway.status(nil) == 401)
            #expect(try await gateway.status(key.text) == 200)
            let wrong = String(key.text.dropLast()) + (key.text.hasSuffix("A") ? "B" : "A")
            for token in [wrong, "hone_abcdefghijkl_short", "hone__", "x", "..", key.text + "A", key.text.uppercased()]
            {
                let answer = try await gateway.get(Doorman.path, headers: [.bearer(token)])
                #expect(answer.status == 401, "\(token)")
                #expect(answer.headers["www-authenticate"]?.contains("error=\"invalid_token\"") == true)
            }
            let nothing = try await gateway.get(Doorman.path)
            #expect(nothing.headers["www-authenticate"] == "Bearer realm=\"hone\"")
            #expect(try nothing.value["code"] == "unauthorized")
            let basic = try await gateway.get(Doorman.path, headers: [HTTPHeader("Authorization", "Basic eDp5")])
            #expect(basic.status == 401)
            #expect(
                try await gateway.get(Doorman.path, headers: [HTTPHeader("authorization", "bEARER \(key.text)")]).status
                    == 200)
        }
    }

    @Test("a stream of events ends within seconds when its key is revoked; another key's goes on")
    func streams() async throws {
        try await TestGateway.open(settings: TestGateway.withAuthentication) { gateway in
            let (ended, other) = (try await gateway.key(.operator), try await gateway.key(.operator))
            let id = try await gateway.submitted(["input": "slow work"], [.bearer(other.text)])
            async let cut = gateway.events("/api/tasks/\(id)/events", headers: [.bearer(ended.text)])
            async let whole = gateway.events("/api/tasks/\(id)/events", headers: [.bearer(other.text)])
            _ = try await gateway.workshop.store.keys.revoke(ended.id)
            #expect(try await cut.last?.event != "done")
            let cancelled = try await gateway.post(
                "/api/tasks/\(id)/cancel", [:] as JSONValue, headers: [.bearer(other.text)])
            #expect(cancelled.status == 200)
            #expect(try await whole.last?.event == "done")
        }
    }

    @Test("a key that is revoked or has expired stops within seconds, and its use is noted once a minute")
    func ends() async throws {
        try await TestGateway.open(settings: TestGateway.withAuthentication) { gateway in
            let store = gateway.workshop.store
            let (revoked, expiring) = (
                try await gateway.key(.viewer), try await gateway.key(.viewer, expiresAt: Date().addingTimeInterval(3))
            )
            #expect(try await gateway.status(revoked.text) == 200)
            #expect(try await gateway.status(expiring.text) == 200)
            let used = try #require(try await store.keys.all().first { $0.id == revoked.id }?.lastUsedAt)
            #expect(try await store.keys.revoke(revoked.id) != nil)
            #expect(try await store.keys.revoke(revoked.id) == nil)
            try await eventually("the keys have ended", poll: .milliseconds(200)) {
                let statuses = (try await gateway.status(revoked.text), try await gateway.status(expiring.text))
                return statuses == (401, 401)
            }
            #expect(try await store.keys.all().first { $0.id == revoked.id }?.lastUsedAt == used)
        }
    }

    @Test("whoever guesses is locked out, with the time to wait; those who hold good tokens are not")
    func lockout() async throws {
        try await TestGateway.open(settings: TestGateway.withAuthentication) { gateway in
            let key = try await gateway.key(.viewer)
            #expect(try await gateway.status(key.text) == 200)
            for number in 0..<10 { #expect(try await gateway.status("guess-\(number)") == 401) }
            let locked = try await gateway.get(Doorman.path, headers: [.bearer("guess-10")])
            #expect(locked.status == 429)
            #expect((1...60).contains(locked.headers["retry-after"].flatMap { Int($0) } ?? 0))
            #expect(try locked.value["code"] == "too_many_failures")
            #expect(try await gateway.status(key.text) == 200)
            #expect(try await gateway.get("/healthz", headers: [.bearer("guess-11")]).status == 200)
        }
    }

    @Test("a token that has expired is no guess: it locks nobody out")
    func expired() async throws {
        try await TestGateway.open(settings: TestGateway.withAuthentication) { gateway in
            for number in 0..<12 {
                let stale = try await Doorman.token(["exp": 1, "jti": .integer(Int64(number))])
                #expect(try await gateway.status(stale) == 401)
            }
            #expect(try await gateway.status(try await Doorman.token()) == 200)
        }
    }

    @Test("an address of IPv6 stands for its network, however it is written; one of IPv4 for itself")
    func addresses() throws {
        func name(_ text: String) throws -> String { Lockout.name(try SocketAddress(ipAddress: text, port: 1)) }
        #expect(try name("2001:db8::1") == name("2001:db8::ffff:2:3"))
        #expect(try name("2001:db8:0:1::1") != name("2001:db8::1"))
        #expect(try name("::ffff:10.0.0.1") == name("10.0.0.1"))
        #expect(try name("10.0.0.2") != name("10.0.0.1"))
        #expect(Lockout.name(nil) == "unknown")
    }

    @Test("a hundred requests at once with one key cost one look at the record")
    func cached() async throws {
        let (cache, looks) = (CallerCache(), Mailbox())
        let good = Verdict.success(Caller(id: "a", role: .viewer))
        let verdicts = try await withThrowingTaskGroup(of: Verdict.self) { group in
            for _ in 0..<100 {
                group.addTask {
                    try await cache.verdict(on: Doorman.digest("x")) {
                        looks.add("look")
                        return good
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(verdicts == Array(repeating: good, count: 100))
        #expect(looks.all.count == 1)
    }

    @Test("whether a token is looked up again depends on its age alone, and failures of the look are not kept")
    func cache() async throws {
        let cache = CallerCache()
        let digest = Doorman.digest("x")
        let looks = Mailbox()
        let now = ContinuousClock.now
        func ask(_ seconds: Double, _ verdict: @escaping @Sendable () throws -> Verdict) async throws -> Verdict {
            try await cache.verdict(on: digest, at: now + .seconds(seconds)) {
                looks.add("look")
                return try verdict()
            }
        }
        struct Outage: Error {}
        await #expect(throws: Outage.self) { try await ask(0) { throw Outage() } }
        let good = Verdict.success(Caller(id: "a", role: .viewer))
        #expect(try await ask(0) { good } == good)
        #expect(try await ask(1.9) { .failure(Refusal("no")) } == good)
        #expect(looks.all.count == 2)
        #expect(try await ask(2.1) { .failure(Refusal("no")) } == .failure(Refusal("no")))
        #expect(looks.all.count == 3)
        #expect(cache.isTrusted(digest, at: now + .seconds(3)))
        #expect(!cache.isTrusted(digest, at: now + .seconds(700)))
    }

    @Test("what was found out about a caller is forgotten at once when it is known to be wrong; others are still known")
    func forgetting() async throws {
        let cache = CallerCache()
        let now = ContinuousClock.now
        func ask(_ name: String, _ verdict: Verdict) async throws -> Verdict {
            try await cache.verdict(on: Doorman.digest(name), at: now) { verdict }
        }
        let (ada, bob) = (Caller(id: "key:a", role: .viewer), Caller(id: "key:b", role: .viewer))
        let no = Verdict.failure(Refusal("no"))
        #expect(try await ask("a", .success(ada)) == .success(ada))
        #expect(try await ask("b", .success(bob)) == .success(bob))
        cache.forget([ada.id])
        #expect(try await ask("a", no) == no)
        #expect(try await ask("b", no) == .success(bob))
        // It was good a short while ago: its owner is not one who guesses.
        #expect(cache.isTrusted(Doorman.digest("a"), at: now))
    }
}
