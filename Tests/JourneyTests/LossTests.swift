import Foundation
import HoneBus
import HoneCore
import HoneIntelligence
import HoneMessages
import HoneService
import HoneStore
import HoneTestKit
import Postgres
import ScriptedModel
import TestServers
import Testing

@testable import Router

/// Impatient: what is lost is published again after a second.
private let settings = ["HONE_RECONCILE_AFTER": "1s"]

@Suite("A bus that loses what it was given", .timeLimit(.minutes(4)))
struct LossTests {
    @Test("a task whose message is lost goes on from every step of its way", arguments: WorkshopBusKind.allCases)
    func everyStep(_ kind: WorkshopBusKind) async throws {
        try await Workshop.open(on: kind, settings: settings) { workshop in
            let tasks = try await workshop.strandTasks()
            try await workshop.running(everybody) {
                for task in tasks.completing { try await workshop.task(task, is: .completed, within: .seconds(60)) }
                try await workshop.task(tasks.late, is: .expired)
                try await workshop.settled(completed: tasks.completing.count)
            }
            try await workshop.expectEverythingOnce()
            #expect(try await workshop.detail(tasks.failed).executions.map(\.agentID) == [.ada, .bob])
            #expect(try await workshop.deadLetters().isEmpty)
        }
    }

    @Test("after FLUSHALL in mid-journey, twice, every accepted task completes once")
    func flushed() async throws {
        try await Workshop.open(on: .ownRedis, settings: settings) { workshop in
            try await workshop.running(everybody) {
                for round in 1...2 {
                    for number in 0..<40 {
                        var task: [String: JSONValue] = ["input": "great phone", "category": "analysis"]
                        if number.isMultiple(of: 4) { task["expected"] = ["choice": "positive"] }
                        try await workshop.submit(.object(task))
                    }
                    try await eventually(within: .seconds(30), "half of them are accepted") {
                        try await workshop.database.counts(["agent_tasks"])["agent_tasks"] ?? 0 >= round * 20
                    }
                    try await workshop.bus.loseEverything()
                }
                try await eventually(within: .seconds(90), "all accepted tasks are completed") {
                    try await workshop.store.tasks.counts().keys.elementsEqual([.completed])
                }
                let accepted = try await workshop.store.tasks.counts()[.completed] ?? 0
                #expect((40...80).contains(accepted))
                try await workshop.settled(completed: accepted)
            }
            try await workshop.expectEverythingOnce()
        }
    }

    @Test("a long attempt that survives the loss is not started twice")
    func survivor() async throws {
        // Its executor says every five seconds that it is at work; after two thirds of this it would be given up.
        try await Workshop.open(on: .ownRedis, settings: ["HONE_RECONCILE_AFTER": "20s"]) { workshop in
            var slow = ScriptedReply.text("positive")
            slow.firstTokenDelayMilliseconds = 15_000
            workshop.models.alpha.replace(script: .always(slow))
            let id = TaskID.new()
            try await workshop.running(everybody) {
                try await workshop.submit([
                    "task_id": .string(id.description), "input": "great phone", "category": "analysis",
                    "expected": ["choice": "positive"], "pin": ["agent_id": "ada"],
                ])
                try await workshop.task(id, is: .running)
                try await workshop.bus.loseEverything()
                try await workshop.task(id, is: .completed, within: .seconds(60))
                try await workshop.settled(completed: 1)
            }
            #expect(workshop.models.alpha.requests.count == 1)
            try await workshop.expectEverythingOnce()
        }
    }

    @Test("what only waits is never published again, however long it waits")
    func waiting() async throws {
        try await Workshop.open(on: .redis, settings: ["HONE_RECONCILE_AFTER": "2s"]) { workshop in
            try await workshop.running([Router.self]) {
                for _ in 0..<3 { try await workshop.submit(["input": "x", "category": "analysis"]) }
                _ = try await workshop.posted(TaskAssigned.self, reaching: 3)
                // The end of a task that is late by then shows that the reconciler has looked.
                let key = workshop.replyKey("late")
                let lost = TaskSubmitted(input: "x", taskID: .new(), deadline: .now + 5, replyTo: key)
                _ = try await workshop.assign(lost)
                #expect(try await workshop.reply(at: key).error?.code == .deadlineExceeded)
            }
            #expect(try await workshop.posted(TaskAssigned.self).count == 3)
        }
    }
}
