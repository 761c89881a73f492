import Foundation
import TestServers
import Testing

@testable import Redis

@Suite("Lanes", .timeLimit(.minutes(1)))
struct BlockingLaneTests {
    /// An actor whose work may block.
    private actor Worker {
        private let lane: BlockingLane
        nonisolated var unownedExecutor: UnownedSerialExecutor { lane.asUnownedSerialExecutor() }

        init(on lane: BlockingLane) { self.lane = lane }

        var threadName: String? { Thread.current.name }
        func block(on door: DispatchSemaphore) -> Bool { door.wait(timeout: .now() + 30) == .success }
    }

    private func threads(named name: String) throws -> Int {
        let tasks = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")
        return tasks.count { task in
            let comm = try? String(contentsOfFile: "/proc/self/task/\(task)/comm", encoding: .utf8)
            return comm?.trimmingCharacters(in: .whitespacesAndNewlines) == name
        }
    }

    @Test("the work of an actor runs on its lane, whose thread ends when nobody holds it")
    func lifetime() async throws {
        let name = "lane-\(Int.random(in: 1_000...9_999))"
        var worker: Worker? = Worker(on: BlockingLane(name: name))
        #expect(await worker?.threadName == name)
        #expect(try threads(named: name) == 1)
        worker = nil
        try await eventually("the thread ends") { try threads(named: name) == 0 }
    }

    @Test("a hundred lanes that block leave the pool free")
    func manyBlocked() async throws {
        let door = DispatchSemaphore(value: 0)
        let blocked = (0..<100).map { number in
            let worker = Worker(on: BlockingLane(name: "blocked-\(number)"))
            return Task { await worker.block(on: door) }
        }
        let start = ContinuousClock.now
        for _ in 0..<1_000 { await Task.yield() }
        #expect(ContinuousClock.now - start < .seconds(5))
        for _ in blocked { door.signal() }
        for task in blocked { #expect(await task.value) }
    }
}
