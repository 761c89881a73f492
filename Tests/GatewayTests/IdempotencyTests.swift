import Foundation
import HTTP
import HoneCore
import HoneStore
import HoneTestKit
import Postgres
import TestServers
import Testing

@testable import Gateway

@Suite("A request under an Idempotency-Key", .timeLimit(.minutes(10)))
struct IdempotencyTests {
    private func make(
        _ gateway: TestGateway, _ name: String, key: String, body: JSONValue = ["a": 1], token: String? = nil
    ) async throws -> HTTPResponse {
        let credentials = token.map { [HTTPHeader.bearer($0)] } ?? []
        return try await gateway.post(
            "/api/things/\(name)", body, headers: [HTTPHeader("Idempotency-Key", key)] + credentials)
    }

    @Test("has its effects once; the same again gets the same answer, and says that it is a repetition")
    func replay() async throws {
        try await TestGateway.echo { gateway in
            let first = try await make(gateway, "x", key: "k1")
            #expect(first.status == 201 && first.headers["idempotent-replayed"] == nil)
            for _ in 0..<3 {
                let again = try await make(gateway, "x", key: "k1")
                #expect(again.status == 201 && again.body == first.body)
                #expect(again.headers["location"] == "/api/things/1" && again.headers["idempotent-replayed"] == "true")
                #expect(again.headers["content-type"] == first.headers["content-type"])
            }
            #expect(try await make(gateway, "x", key: "k2").value["made"] == 2)
        }
    }

    @Test("is refused under the key of another request, and while the first is at work")
    func conflicts() async throws {
        try await TestGateway.echo { gateway in
            _ = try await make(gateway, "x", key: "k")
            for other in [
                try await make(gateway, "x", key: "k", body: ["a": 2]), try await make(gateway, "y", key: "k"),
            ] {
                #expect(other.status == 422)
                #expect(try other.value["errors"]?[0]?["field"] == "Idempotency-Key")
            }
            let answers = try await withThrowingTaskGroup(of: HTTPResponse.self) { group in
                for _ in 0..<8 { group.addTask { try await make(gateway, "slow", key: "s") } }
                return try await group.reduce(into: [HTTPResponse]()) { $0.append($1) }
            }
            let made = answers.filter { $0.status == 201 }
            #expect(made.count { $0.headers["idempotent-replayed"] == nil } == 1)
            #expect(answers.allSatisfy { $0.status == 201 || ($0.status == 409 && $0.headers["retry-after"] == "1") })
            #expect(answers.contains { $0.status == 409 })
            #expect(try await make(gateway, "slow", key: "s").value["made"] == 1)
        }
    }

    @Test("that failed frees its key, so that it can be mended and tried again")
    func failures() async throws {
        try await TestGateway.echo { gateway in
            for name in ["broken", "fault"] {
                let first = try await make(gateway, name, key: "k")
                #expect(first.status == (name == "broken" ? 409 : 500))
                #expect(try await make(gateway, name, key: "k").headers["idempotent-replayed"] == nil)
            }
            #expect(try await make(gateway, "x", key: "k").status == 201)
        }
    }

    @Test("belongs to its caller: another's key of the same name is another key")
    func callers() async throws {
        try await TestGateway.echo(settings: TestGateway.withAuthentication) { gateway in
            let (one, two) = (try await gateway.key(.operator).text, try await gateway.key(.operator).text)
            #expect(try await make(gateway, "x", key: "k", token: one).value["made"] == 1)
            #expect(try await make(gateway, "x", key: "k", token: two).value["made"] == 2)
            #expect(try await make(gateway, "x", key: "k", token: one).value["made"] == 1)
            let viewer = try await gateway.key(.viewer).text
            #expect(try await make(gateway, "x", key: "k", token: viewer).status == 403)
            #expect(try await make(gateway, "x", key: "k").status == 401)
        }
    }

    @Test("a key that is no key is refused", arguments: [String(repeating: "k", count: 256), "a b"])
    func names(key: String) async throws {
        try await TestGateway.echo { gateway in
            let answer = try await make(gateway, "x", key: key)
            #expect(answer.status == 422)
        }
    }

    @Test("is forgotten after a day, and one whose gateway died after ten minutes")
    func age() async throws {
        try await TestGateway.echo { gateway in
            let (store, pool) = (gateway.workshop.store, gateway.workshop.database.pool)
            _ = try await make(gateway, "x", key: "old")
            try await pool.run("update idempotent_requests set created_at = now() - interval '25 hours'")
            #expect(try await make(gateway, "x", key: "old").value["made"] == 2)

            let dead = IdempotentRequest(caller: "local", key: "dead", hash: Data([1]))
            #expect(try await store.idempotentRequests.claim(dead) == .first)
            #expect(try await store.idempotentRequests.claim(dead) == .running)
            try await pool.run(
                "update idempotent_requests set created_at = now() - interval '11 minutes' where key = 'dead'")
            #expect(try await store.idempotentRequests.claim(dead) == .first)

            #expect(try await store.idempotentRequests.sweep(before: Date().addingTimeInterval(-60)) == 0)
            #expect(try await store.idempotentRequests.sweep(before: Date().addingTimeInterval(60)) == 2)
        }
    }
}
