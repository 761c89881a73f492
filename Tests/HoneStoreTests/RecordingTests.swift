import Foundation
import HoneCore
import HoneStore
import Postgres
import Testing

@Suite("Recorded calls and circumstances", .timeLimit(.minutes(2)))
struct RecordingTests {
    private let hash = String(repeating: "0a", count: 32)

    private func key(
        _ purpose: String = "task", _ work: String = "1/1", ordinal: Int = 0, hash: String? = nil
    ) -> RecordedCallKey {
        RecordedCallKey(requestHash: hash ?? self.hash, purpose: purpose, work: work, ordinal: ordinal)
    }

    private func keep(
        _ text: String, _ key: RecordedCallKey, isFault: Bool = false, in store: Store
    ) async throws -> String? {
        try await store.recordedCalls.keep(
            key, model: "worker", request: #"{"messages": []}"#, outcome: "\"\(text)\"", isFault: isFault)
    }

    @Test("an answer that is kept stands, a fault gives way")
    func standing() async throws {
        try await TestStore.run { (store, _) async throws in
            let calls = store.recordedCalls
            #expect(try await keep("down", key(), isFault: true, in: store) == nil)
            #expect(try await calls.answer(key()) == nil)
            #expect(try await calls.closest(to: key()) == "\"down\"")
            #expect(try await keep("first", key(), in: store) == nil)
            #expect(try await keep("second", key(), in: store) == "\"first\"")
            #expect(try await keep("down", key(), isFault: true, in: store) == "\"first\"")
            #expect(try await calls.answer(key()) == "\"first\"")
            #expect(try await calls.answer(key(ordinal: 1)) == nil)
        }
    }

    @Test("of many who keep the same call at the same time one stands, and all are told which")
    func race() async throws {
        try await TestStore.run { store, _ in
            let told = try await withThrowingTaskGroup(of: String.self) { group in
                for number in 1...20 {
                    group.addTask { try await keep("answer \(number)", key(), in: store) ?? "\"answer \(number)\"" }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            let standing = try await store.recordedCalls.answer(key())
            #expect(told.count == 1 && told.first == standing)
        }
    }

    @Test(
        "who was never recorded gets an equal request's answer: same purpose first, then same ordinal, then the first")
    func closest() async throws {
        try await TestStore.run { store, _ in
            let recorded: [(String, RecordedCallKey, Bool)] = [
                ("fault", key("task", "0/1"), true), ("a", key("judge", "1"), false), ("b", key("task", "1/1"), false),
                ("c", key("task", "1/1", ordinal: 1), false), ("d", key("task", "2/1"), false),
                ("other", key(hash: String(repeating: "ff", count: 32)), false),
            ]
            for (text, key, isFault) in recorded { _ = try await keep(text, key, isFault: isFault, in: store) }
            func found(_ key: RecordedCallKey) async throws -> String? {
                try await store.recordedCalls.closest(to: key)
            }
            #expect(try await found(key("task", "2/1")) == "\"d\"")
            #expect(try await found(key("task", "0/1")) == "\"fault\"")
            #expect(try await found(key("task", "9/1")) == "\"b\"")
            #expect(try await found(key("task", "9/1", ordinal: 1)) == "\"c\"")
            #expect(try await found(key("task", "9/1", ordinal: 7)) == "\"b\"")
            #expect(try await found(key("judge", "9")) == "\"a\"")
            #expect(try await found(key("review", "9")) == "\"a\"")
            #expect(try await found(key(hash: String(repeating: "00", count: 32))) == nil)
        }
    }

    @Test("recordings are listed, added up, carried to another database, and forgotten")
    func keeping() async throws {
        try await TestStore.run { store, _ in
            for number in 0..<5 {
                _ = try await keep("null \\u0000 é", key("task", "t\(number)/1"), isFault: number == 4, in: store)
            }
            let calls = store.recordedCalls
            let listed = try await calls.list(RecordedCallFilter(purpose: "task", work: "t"), limit: 3)
            #expect(listed.map(\.work) == ["t4/1", "t3/1", "t2/1"] && listed[0].isFault && listed[0].bytes > 10)
            #expect(
                try await calls.list(.init(request: "0a0a"), after: listed.last?.id, limit: 9).map(\.work) == [
                    "t1/1", "t0/1",
                ])
            #expect(try await calls.list(.init(model: "another"), limit: 9).isEmpty)
            let total = try #require(try await calls.totals().first)
            #expect(total.calls == 5 && total.faults == 1 && total.bytes == listed[0].bytes * 5)
            let page = try await calls.page(after: 0, limit: 2)
            let rest = try await calls.page(after: page[1].id, limit: 9)
            let all = (page + rest).map(\.call)
            #expect(all.map(\.work) == (0..<5).map { "t\($0)/1" } && all[0].outcome.string?.contains("é") == true)

            try await TestStore.run { (other, _) async throws in
                #expect(try await other.recordedCalls.take(all) == 5)
                #expect(try await other.recordedCalls.take(all) == 0)
                #expect(try await other.recordedCalls.page(after: 0, limit: 9).map(\.call) == all)
                #expect(try await other.recordedCalls.prune(before: Date() + 60, model: "another") == 0)
                #expect(try await other.recordedCalls.prune(before: Date() - 60) == 0)
                #expect(try await other.recordedCalls.prune(before: Date() + 60) == 5)
            }
        }
    }

    @Test("of circumstances the first stands, or the last where it replaces")
    func circumstances() async throws {
        try await TestStore.run { (store, _) async throws in
            let kept = store.recordedCircumstances
            func one(_ value: JSONValue, _ kind: String = "route") -> RecordedCircumstance {
                RecordedCircumstance(kind: kind, subject: "1/1", value: value)
            }
            #expect(try await kept.keep([one(1), one(2), one(3, "trust")]) == 2)
            #expect(try await kept.keep([one(4)]) == 0)
            #expect(try await kept.keep([one(5, "trust"), one(0.1, "trust")], replacing: true) == 1)
            #expect(try await kept.all(of: "route") == [one(1)])
            #expect(try await kept.page(after: one(1), limit: 9) == [one(0.1, "trust")])
            #expect(try await kept.count() == 2)
            #expect(try await kept.prune(before: Date() + 60) == 2)
        }
    }
}
