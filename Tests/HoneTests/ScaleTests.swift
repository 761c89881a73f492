import Foundation
import Synchronization
import TestServers
import Testing

@testable import Hone

@Suite("Scaling services", .timeLimit(.minutes(3)))
struct ScaleTests {
    @Test("a wish is a service and a number")
    func wishes() throws {
        #expect(try ScaleWish.parse(["executor=3", "router=0"]) == ["executor": 3, "router": 0])
        for bad in ["executor", "executor=", "executor=-1", "executor=65", "executor=1=2", "=1=", "executor=x"] {
            #expect(throws: (any Error).self, "\(bad)") { try ScaleWish.parse([bad]) }
        }
    }

    @Test("where nothing is up there is nothing to scale, and a bad wish is wrong usage")
    func nothing() async throws {
        let scratch = try Scratch()
        let program = HoneProgram(folder: scratch.path)
        let outcome = try await program.run("scale", "executor=2")
        #expect(outcome.status == 1 && outcome.complaints.contains("no services are up here"))
        #expect(try await program.run("scale", "executor").status == 2)
        #expect(try await program.run("scale").status == 2)
        withExtendedLifetime(scratch) {}
    }

    @Test("executors come and go under load: the work is shared among them, and none of it is lost or done twice")
    func underLoad() async throws {
        try await EchoStack.run { stack in
            let isOver = Mutex(false)
            async let published = load(stack) { isOver.withLock { $0 } }
            do {
                try await stack.scale(executors: 3)
                let before = try await stack.doneByExecutor()
                #expect(before.keys.sorted() == ["executor", "executor-2", "executor-3"])
                try await eventually(within: .seconds(20), "each has done its share") {
                    let now = try await stack.doneByExecutor()
                    let done = now.map { $0.value - (before[$0.key] ?? 0) }
                    return done.count == 3 && done.allSatisfy { $0 >= max(50, done.reduce(0, +) / 6) }
                }
                try await stack.scale(executors: 1)
                #expect(try await stack.doneByExecutor().keys.sorted() == ["executor"])
            } catch {
                isOver.withLock { $0 = true }
                throw error
            }
            isOver.withLock { $0 = true }
            let count = try await published
            try await eventually(within: .seconds(30), "all are completed") { try await stack.completed() == count }
            #expect(try await stack.attempts() == count)
            let dead = try await stack.program.run("dead", "list", "--json").output
            #expect(dead == "{\"items\":[],\"next_cursor\":null}\n")
        }
    }

    /// Publishes for as long as wanted, never far ahead of the executors; returns how many tasks.
    private func load(_ stack: EchoStack, until isOver: @Sendable () -> Bool) async throws -> Int {
        var published = 0
        while !isOver() {
            try await stack.publish(20)
            published += 20
            try await eventually(within: .seconds(30), "there is room for more") {
                try await published - stack.completed() < 100
            }
        }
        return published
    }
}
