import BusTestKit
import Foundation
import HoneBus
import HoneCore
import HoneMessages
import HoneService
import HoneStore
import HoneTestKit
import Logging
import TestServers
import Testing

@testable import Router

@Suite("A bus under pressure", .timeLimit(.minutes(2)))
struct PressureTests {
    @Test("the gate shuts at nine tenths and opens only when there is some room")
    func hysteresis() async throws {
        let bus = MemoryTransport()
        let pressure = Pressure(transport: bus, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        for (bytes, isOpen) in [(899, true), (900, false), (870, false), (850, false), (849, true), (899, true)] {
            bus.pretend(BusMemory(bytes: bytes, limit: 1_000))
            try await pressure.look()
            #expect(pressure.gate.isOpen == isOpen && (pressure.complaint == nil) == isOpen, "\(bytes)")
        }
        bus.pretend(BusMemory(bytes: 900, limit: nil))
        try await pressure.look()
        #expect(pressure.gate.isOpen)
    }

    @Test("the deepest backlog of a group on one stream is announced")
    func announced() async throws {
        try await Workshop.open { workshop in
            try await workshop.bus.transport.prepare(Topic.all)
            for _ in 0..<3 { try await workshop.submit(["input": "x"]) }
            let pressure = Pressure(
                transport: workshop.bus.transport, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            try await pressure.look()
            #expect(try await workshop.bus.transport.announcedBacklog() == 3)
        }
    }

    @Test("while Redis is nearly full submissions wait and what is under way goes on; then they are taken")
    func full() async throws {
        try await Workshop.open(on: .ownRedis) { workshop in
            let failed = try await workshop.assign(TaskSubmitted(input: "x", taskID: .new()))
            try await workshop.bus.transport.prepare(Topic.all)
            try await workshop.bus.fill(to: 0.95)
            try await workshop.running([Router.self]) {
                try await workshop.announced(0)
                let attempt = ExecutionRecord(
                    taskID: failed.taskID, attempt: 1, agentID: failed.agentID, durationSeconds: 1,
                    result: .failed(TaskFault(.modelUnavailable, "away"), final: false))
                _ = try await workshop.store.executions.record([attempt])
                try await workshop.bus.transport.publish([attempt.announcement(causedBy: nil)])
                _ = try await workshop.posted(TaskAssigned.self, reaching: 1)
                // By the next look the fetch that was under way when the gate shut is over.
                try await workshop.announced(1)
                let waiting = [TaskID.new(), .new()]
                for id in waiting {
                    try await workshop.submit([
                        "task_id": .string(id.description), "input": "x", "category": "analysis",
                    ])
                }
                try await workshop.announced(2)
                #expect(try await workshop.store.tasks.load(waiting).isEmpty)
                try await workshop.bus.fill(to: nil)
                for id in waiting { try await workshop.task(id, is: .routed) }
            }
        }
    }
}

extension Workshop {
    fileprivate func announced(_ backlog: Int) async throws {
        try await eventually(within: .seconds(60), "a backlog of \(backlog) is announced") {
            try await bus.transport.announcedBacklog() == backlog
        }
    }
}
