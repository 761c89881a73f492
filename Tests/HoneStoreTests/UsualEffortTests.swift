import Foundation
import HoneCore
import HoneStore
import Postgres
import Testing

@Suite("Usual effort", .timeLimit(.minutes(2)))
struct UsualEffortTests {
    @Test("usual effort is worked out once for all, and anew when it is too old")
    func once() async throws {
        try await TestStore.run { store, _ in
            let start = Date.now.addingTimeInterval(-3600)
            _ = try await scoredTasks(store, count: 4)
            let first = try await store.usualEfforts(since: start, within: .seconds(60))
            #expect(try await Set(first) == Set(store.statistics.efforts(since: start)))
            _ = try await scoredTasks(store, count: 2)
            #expect(try await Set(store.usualEfforts(since: start, within: .seconds(60))) == Set(first))
            let fresh = try await store.usualEfforts(since: start, within: .zero)
            #expect(try await Set(fresh) == Set(store.statistics.efforts(since: start)) && Set(fresh) != Set(first))
        }
    }

    @Test("who asks while another works usual effort out is told what there was")
    func meanwhile() async throws {
        try await TestStore.run { store, _ in
            let start = Date.now.addingTimeInterval(-3600)
            _ = try await scoredTasks(store, count: 4)
            let first = try await store.usualEfforts(since: start, within: .zero)
            _ = try await scoredTasks(store, count: 2)
            try await store.transaction { holder async throws in
                #expect(try await holder.locks.tryAcquire("efforts"))
                #expect(try await Set(store.usualEfforts(since: start, within: .zero)) == Set(first))
            }
        }
    }

    @Test("what a million tasks usually take is good for minutes")
    func ofMany() async throws {
        try await TestStore.run { store, pool in
            let start = Date.now.addingTimeInterval(-3600)
            _ = try await scoredTasks(store, count: 4)
            _ = try await store.usualEfforts(since: start, within: .zero)
            func tasks(_ age: String) async throws -> Set<Int> {
                try await pool.run(
                    """
                    update usual_efforts set made_at = now() - \(age)::interval, efforts = (
                        select jsonb_agg(jsonb_set(effort, '{tasks}', '1000000'))
                        from jsonb_array_elements(efforts) as effort)
                    """)
                return try await Set(store.usualEfforts(since: start, within: .seconds(15)).map(\.tasks))
            }
            #expect(try await tasks("150 s") == [1_000_000])
            #expect(try await tasks("1 hour").contains(4))
        }
    }
}
