import HoneCore
import HoneService
import Synchronization
import Testing

@Suite("a group commit", .timeLimit(.minutes(1)))
struct GroupCommitTests {
    private struct Refused: Error {}

    @Test("gives every caller its own answer, in few writes")
    func sharing() async throws {
        let writes = Mutex(0)
        let commit = GroupCommit<Int, Int> { inputs in
            writes.withLock { $0 += 1 }
            await Task.yield()
            return inputs.map { $0 * 2 }
        }
        try await withThrowingTaskGroup(of: (Int, Int).self) { group in
            for number in 0..<1_000 { group.addTask { (number, try await commit.submit(number)) } }
            for try await (number, answer) in group { #expect(answer == number * 2) }
        }
        #expect(writes.withLock { $0 } < 1_000)
    }

    @Test("writes that are spaced out wait for more, but not the first")
    func spacing() async throws {
        let writes = Mutex<[[Int]]>([])
        let commit = GroupCommit<Int, Int>(spacing: .seconds(3)) { inputs in
            writes.withLock { $0.append(inputs) }
            return inputs
        }
        let start = ContinuousClock.now
        _ = try await commit.submit(0)
        #expect(.now - start < .seconds(3))
        try await withThrowingTaskGroup { group in
            for number in 1..<20 { group.addTask { _ = try await commit.submit(number) } }
            try await group.waitForAll()
        }
        #expect(writes.withLock { $0.map(\.count) } == [1, 19])
    }

    @Test("an input that cannot be written fails alone")
    func isolation() async throws {
        let commit = GroupCommit<Int, Int> { inputs in
            await Task.yield()
            if inputs.contains(13) { throw Refused() }
            return inputs
        }
        let failed = await withTaskGroup(of: Int?.self) { group in
            for number in 0..<100 {
                group.addTask { (try? await commit.submit(number)) == nil ? number : nil }
            }
            return await group.reduce(into: Set<Int>()) { failed, number in
                if let number { failed.insert(number) }
            }
        }
        #expect(failed == [13])
    }
}
