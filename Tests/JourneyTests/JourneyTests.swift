import Foundation
import HoneBus
import HoneCore
import HoneMessages
import HoneService
import HoneStore
import HoneTestKit
import ScriptedModel
import TestServers
import Testing

@testable import Evaluator
@testable import Executor
@testable import PeerReviewer
@testable import Router
@testable import StatsAggregator

@Suite("The whole way of a task", .timeLimit(.minutes(3)))
struct JourneyTests {
    @Test(
        "a plain entry with nothing but data comes back done and scored, and is reviewed and counted",
        arguments: WorkshopBusKind.allCases)
    func journey(_ kind: WorkshopBusKind) async throws {
        try await Workshop.open(on: kind) { workshop in
            let key = workshop.replyKey("crm")
            try await workshop.running(everybody) {
                try await workshop.publish(
                    #"""
                    {"input": "great phone", "category": "analysis", "expected": {"choice": "positive"},
                     "reply_to": "\#(key)", "metadata": {"ticket": 12}, "colour": "blue"}
                    """#, to: .tasksSubmitted)
                let reply = try await workshop.reply(at: key)
                #expect(reply.status == .completed && reply.output == "positive" && reply.agentID == .ada)
                #expect(reply.scores?.accuracy == 1 && reply.scores?.overall != nil && reply.metadata == ["ticket": 12])
                #expect(try #require(reply.costUSD) > 0 && reply.durationSeconds != nil && reply.error == nil)
                let id = try #require(reply.taskID)
                try await eventually(within: .seconds(20), "both reviewers have spoken and Ada is counted") {
                    let standing = try await workshop.store.statistics.standings().first { $0.agentID == .ada }
                    let reviews = try await workshop.store.reviews.load([id])
                    return standing?.totalTasks == 1 && reviews.count == 2
                }
                let detail = try await workshop.detail(id)
                #expect(detail.decisions.count == 1 && detail.executions.count == 1 && detail.score?.passed == true)
                #expect(detail.reviews.map(\.score) == [0.5, 1] && detail.task.unknown == ["colour": "blue"])
            }
            #expect(try await workshop.replies(at: key).count == 1)
            #expect(try await workshop.deadLetters().isEmpty)
        }
    }

    @Test("a task without a known answer is judged before its publisher hears of it")
    func judged() async throws {
        try await Workshop.open(on: .redis) { workshop in
            let key = workshop.replyKey("open")
            try await workshop.running(everybody) {
                try await workshop.submit(["input": "great phone", "category": "analysis", "reply_to": .string(key)])
                let reply = try await workshop.reply(at: key)
                #expect(reply.status == .completed && reply.scores?.accuracy == 0.75)
            }
        }
    }

    @Test("many tasks, good and bad in any order, are each answered once")
    func crowd() async throws {
        try await Workshop.open(on: .redis, settings: ["HONE_REVIEW_RATE": "0", "HONE_MAX_MESSAGE_BYTES": "4096"]) {
            workshop in
            let key = workshop.replyKey("crowd")
            let kinds: [(members: [String: JSONValue], code: ErrorCode?)] = [
                (["category": "analysis", "expected": ["choice": "positive"]], nil),
                (["category": "analysis", "priority": 9, "expected": ["choice": "positive"]], nil),
                (["category": "poetry"], .noCapableAgent), (["pin": ["agent_id": "nobody"]], .unknownAgent),
                (["priority": "high"], .invalidMessage), (["deadline": "2020-01-01T00:00:00Z"], .deadlineExceeded),
                (["input": .string(String(repeating: "x", count: 5_000))], .messageTooLarge),
            ]
            let rounds = 6
            try await workshop.running(everybody) {
                for round in 0..<rounds {
                    for (number, kind) in kinds.enumerated() {
                        let task: [String: JSONValue] = [
                            "input": "x", "reply_to": .string(key),
                            "metadata": ["number": .integer(Int64(round * kinds.count + number))],
                        ]
                        try await workshop.submit(.object(task.merging(kind.members) { $1 }))
                    }
                    try await workshop.publish("{not json", to: .tasksSubmitted)
                }
                _ = try await workshop.reply(at: key, number: rounds * kinds.count, within: .seconds(60))
                _ = try await workshop.deadLetters(reaching: 3 * rounds)
            }
            let replies = try await workshop.replies(at: key).map(\.body)
            let numbers = replies.compactMap { $0.metadata?["number"]?.int }
            #expect(replies.count == rounds * kinds.count && Set(numbers) == Set(0..<rounds * kinds.count))
            for reply in replies {
                let number = try #require(reply.metadata?["number"]?.int)
                #expect(reply.error?.code == kinds[number % kinds.count].code)
            }
            #expect(try await workshop.deadLetters().count == 3 * rounds)
            #expect(try await workshop.database.counts(["executions"]) == ["executions": 2 * rounds])
        }
    }
}
