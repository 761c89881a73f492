import Foundation
import HoneCore
import HoneStore
import Postgres
import Testing

@Suite("Keys, the audit log, and kept answers", .timeLimit(.minutes(2)))
struct KeyTests {
    @Test("a key is found by its prefix until it is revoked or ends, and its text is nowhere in the database")
    func lifetimes() async throws {
        try await TestStore.run { store, pool in
            let key = APIKey.generate()
            let record = try await store.keys.create(key, name: "ci\0", role: .operator)
            let found = try #require(try await store.keys.candidates(prefix: key.prefix).first)
            #expect(found.id == record.id && found.role == .operator)
            #expect(key.matches(hash: found.hash, salt: found.salt))
            let secret = String(key.text.exposed.suffix(43))
            let rows = try await pool.query("select row_to_json(api_keys)::text from api_keys", as: String.self)
            #expect(rows.count == 1 && !rows.contains { $0.contains(secret) })

            #expect(try await store.keys.revoke(record.id)?.revokedAt != nil)
            #expect(try await store.keys.revoke(record.id) == nil)
            #expect(try await store.keys.candidates(prefix: key.prefix).isEmpty)

            let past = APIKey.generate()
            _ = try await store.keys.create(past, name: "", role: .viewer, expiresAt: Date().addingTimeInterval(-1))
            #expect(try await store.keys.candidates(prefix: past.prefix).isEmpty)
            #expect(try await store.keys.all().map(\.role) == [.operator, .viewer])
        }
    }

    @Test("of some keys, those are found that nobody has revoked or deleted; whether they have ended is not asked")
    func unrevoked() async throws {
        try await TestStore.run { store, pool in
            var ids: [UUID] = []
            for expiry in [nil, nil, nil, Date().addingTimeInterval(-1)] {
                ids.append(try await store.keys.create(.generate(), name: "", role: .viewer, expiresAt: expiry).id)
            }
            _ = try await store.keys.revoke(ids[1])
            try await pool.run("delete from api_keys where id = \(ids[2])::uuid")
            #expect(try await store.keys.unrevoked(among: ids + [UUID()]) == [ids[0], ids[3]])
            #expect(try await store.keys.unrevoked(among: []).isEmpty)
        }
    }

    @Test("the use of a key is noted once a minute")
    func use() async throws {
        try await TestStore.run { store, pool in
            let id = try await store.keys.create(.generate(), name: "", role: .viewer).id
            #expect(try await store.keys.all().first?.lastUsedAt == nil)
            try await store.keys.touch(id)
            let first = try #require(try await store.keys.all().first?.lastUsedAt)
            try await store.keys.touch(id)
            #expect(try await store.keys.all().first?.lastUsedAt == first)
            try await pool.run("update api_keys set last_used_at = now() - interval '61 seconds'")
            try await store.keys.touch(id)
            #expect(try #require(try await store.keys.all().first?.lastUsedAt) >= first)
        }
    }

    @Test("the audit log is appended to, read newest first, and never changed")
    func audit() async throws {
        try await TestStore.run { store, pool in
            for number in 0..<3 {
                try await store.audit.record(
                    actor: "key:1", action: "agent.update", subjectKind: "agent", subjectID: "a\(number % 2)",
                    details: ["n": .integer(Int64(number)), "text": "x\0"])
            }
            let all = try await store.audit.list(limit: 10)
            #expect(all.map(\.subjectID) == ["a0", "a1", "a0"] && all.first?.details["n"] == 2)
            #expect(try await store.audit.list(subjectKind: "agent", subjectID: "a1", limit: 10).count == 1)
            for statement in ["update audit_log set actor = 'me'", "delete from audit_log"] {
                await #expect(throws: DatabaseError.self) {
                    try await pool.withConnection { try await $0.execute(script: statement) }
                }
            }
        }
    }

    @Test("a key of a request is taken once, keeps its answer, and is free again when it is given up")
    func claims() async throws {
        try await TestStore.run { store, _ in
            let requests = store.idempotentRequests
            let request = IdempotentRequest(caller: "a", key: "k", hash: Data([1, 2]))
            let other = IdempotentRequest(caller: "a", key: "k", hash: Data([3]))
            #expect(try await requests.claim(request) == .first)
            #expect(try await requests.claim(request) == .running)
            #expect(try await requests.claim(other) == .mismatch)
            try await requests.giveUp(other)
            try await requests.giveUp(request)
            #expect(try await requests.claim(other) == .first)
            let answer = KeptAnswer(status: 201, headers: ["location": "/x"], body: Data([0, 0xFF]))
            try await requests.settle(other, with: answer)
            #expect(try await requests.claim(other) == .answered(answer))
            // What is settled is not given up, nor settled again.
            try await requests.giveUp(other)
            try await requests.settle(other, with: KeptAnswer(status: 200, headers: [:], body: Data()))
            #expect(try await requests.claim(other) == .answered(answer))
        }
    }

    @Test("of many who take a key at once, one is the first")
    func race() async throws {
        try await TestStore.run { store, _ in
            let request = IdempotentRequest(caller: "a", key: "race", hash: Data([1]))
            let claims = try await withThrowingTaskGroup(of: IdempotencyClaim.self) { group in
                for _ in 0..<20 { group.addTask { try await store.idempotentRequests.claim(request) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(claims.count { $0 == .first } == 1 && claims.count { $0 == .running } == 19)
        }
    }
}
