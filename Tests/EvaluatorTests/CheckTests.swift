import Foundation
import HoneBus
import HoneCore
import HoneMessages
import HoneStore
import HoneTestKit
import ScriptedModel
import Testing

@testable import Evaluator

/// Work with a known answer.
struct CheckedWork: Sendable, CustomTestStringConvertible {
    var expected: HoneCore.Expectation
    var output: JSONValue
    var passes: Bool

    var testDescription: String { "\(expected) meets \(output)" }

    static let all = [
        CheckedWork(expected: .choice("positive"), output: "Positive.", passes: true),
        CheckedWork(expected: .choice("positive"), output: "negative", passes: false),
        CheckedWork(expected: .equals("42"), output: "42", passes: true),
        CheckedWork(expected: .equals("42"), output: "43", passes: false),
        CheckedWork(expected: .contains(["red", "blue"]), output: "a red and a blue one", passes: true),
        CheckedWork(expected: .contains(["red", "blue"]), output: "a green one", passes: false),
        CheckedWork(expected: .regex("^[A-Z]{3}-[0-9]+$"), output: "ABC-17", passes: true),
        CheckedWork(expected: .regex("^[A-Z]{3}-[0-9]+$"), output: "none", passes: false),
        CheckedWork(expected: .number(value: 3.5, tolerance: 0.1), output: "It is 3.45", passes: true),
        CheckedWork(expected: .number(value: 3.5, tolerance: 0.1), output: "It is 4", passes: false),
        CheckedWork(
            expected: .jsonSchema(["type": "object", "required": ["city"]]), output: #"{"city": "Oslo"}"#, passes: true
        ),
        CheckedWork(
            expected: .jsonSchema(["type": "object", "required": ["city"]]), output: #"{"town": "Oslo"}"#, passes: false
        ),
    ]
}

@Suite("Scoring by checks", .timeLimit(.minutes(3)))
struct CheckTests {
    @Test(
        "work with a known answer is scored without any model call, and its publisher is answered",
        arguments: CheckedWork.all)
    func checked(_ work: CheckedWork) async throws {
        try await Workshop.open { workshop in
            let key = workshop.replyKey("checked")
            var task = TaskSubmitted(input: "x", category: .analysis, expected: work.expected)
            task.replyTo = key
            task.metadata = ["ticket": 12]
            let completed = try await workshop.complete(task, output: work.output)
            try await workshop.running([Evaluator.self]) {
                try await workshop.send(completed)
                let evaluation = try #require(
                    try await workshop.posted(EvaluationCompleted.self, reaching: 1).first
                ).body
                #expect(evaluation.taskID == completed.taskID && evaluation.agentID == .ada)
                #expect(evaluation.evaluator == .init(kind: .check) && evaluation.passed == work.passes)
                let accuracy = try #require(evaluation.scores.accuracy)
                #expect(work.passes ? accuracy == 1 : accuracy < 1)
                #expect(evaluation.scores.overall != nil && evaluation.category == .analysis)
                let reply = try await workshop.reply(at: key)
                #expect(reply.taskID == completed.taskID && reply.status == .completed && reply.output == work.output)
                #expect(reply.scores == evaluation.scores && reply.metadata == ["ticket": 12])
                #expect(reply.agentID == .ada && reply.costUSD == 0.0005 && reply.error == nil)
                let score = try #require(try await workshop.detail(completed.taskID).score)
                #expect(score.scores == evaluation.scores && score.passed == work.passes)
                #expect(score.evaluatorKind == .check && score.totalTokens == 12)
                try await workshop.quiet(.judgementsRequested, "evaluator")
            }
            #expect(workshop.models.judge.requests.isEmpty && workshop.models.alpha.requests.isEmpty)
            let told = try await workshop.posted(ProgressMade.self).map(\.body).filter { $0.kind == .score }
            #expect(told.map(\.subjectID) == [completed.taskID.description])
        }
    }

    @Test("a completion delivered again changes no row and repeats the same follow-ups")
    func redelivered() async throws {
        try await Workshop.open { workshop in
            let key = workshop.replyKey("twice")
            let task = TaskSubmitted(
                input: "x", category: .analysis, expected: .choice("positive"), replyTo: key)
            let completed = try await workshop.complete(task)
            try await workshop.running([Evaluator.self]) {
                try await workshop.send(completed)
                _ = try await workshop.reply(at: key)
                let score = try await workshop.detail(completed.taskID).score
                try await workshop.redeliver(.tasksCompleted)
                _ = try await workshop.reply(at: key, number: 2)
                #expect(try await workshop.detail(completed.taskID).score == score)
            }
            let evaluations = try await workshop.posted(EvaluationCompleted.self)
            #expect(evaluations.count == 2 && evaluations[0].id == evaluations[1].id)
            #expect(evaluations[0].body.scores == evaluations[1].body.scores)
            let replies = try await workshop.replies(at: key)
            #expect(replies[0].id == replies[1].id && replies[0].body == replies[1].body)
            #expect(try await workshop.database.counts(["agent_performance_scores"]).values.first == 1)
        }
    }

    @Test("a judge may see checked work too, to be measured; the score stays the check's")
    func calibration() async throws {
        try await Workshop.open(settings: ["HONE_JUDGE_SAMPLE_RATE": "1"]) { workshop in
            let completed = try await workshop.complete(
                TaskSubmitted(input: "x", category: .analysis, expected: .choice("negative")))
            try await workshop.running([Evaluator.self]) {
                try await workshop.send(completed)
                _ = try await workshop.posted(JudgementRequested.self, reaching: 1)
                try await workshop.quiet(.judgementsRequested, "evaluator")
            }
            let detail = try await workshop.detail(completed.taskID)
            #expect(detail.judgements.map(\.purpose) == [.calibration])
            #expect(detail.judgements.first?.accuracy == 0.75)
            #expect(detail.score?.scores.accuracy == 0 && detail.score?.evaluatorKind == .check)
            #expect(try await workshop.posted(EvaluationCompleted.self).count == 1)
        }
    }

    @Test("trials of experiments are not shown to a judge for its own sake")
    func uncalibratedTrials() async throws {
        try await Workshop.open(settings: ["HONE_JUDGE_SAMPLE_RATE": "1"]) { workshop in
            let work = TaskSubmitted(input: "x", category: .analysis, expected: .choice("negative"))
            var trial = work
            trial.experimentID = ExperimentID(UUID())
            let completed = [try await workshop.complete(trial), try await workshop.complete(work)]
            try await workshop.running([Evaluator.self]) {
                for message in completed { try await workshop.send(message) }
                _ = try await workshop.posted(EvaluationCompleted.self, reaching: 2)
                try await workshop.quiet(.tasksCompleted, "evaluator")
            }
            let asked = try await workshop.posted(JudgementRequested.self)
            #expect(asked.map(\.body.taskID) == [completed[1].taskID])
        }
    }

    @Test("a completion that cannot be read is a dead letter; one of an unknown task is nothing")
    func bad() async throws {
        try await Workshop.open { workshop in
            var unknown = try await workshop.complete(TaskSubmitted(input: "x", category: .analysis))
            unknown.taskID = .new()
            let stranger = unknown
            try await workshop.running([Evaluator.self]) {
                try await workshop.publish(#"{"task_id": 7}"#, to: .tasksCompleted)
                try await workshop.send(stranger)
                #expect(try await workshop.deadLetters(reaching: 1).map(\.code) == ["invalid_message"])
                try await workshop.quiet(.tasksCompleted, "evaluator")
            }
            #expect(try await workshop.posted(EvaluationCompleted.self).isEmpty)
            #expect(try await workshop.posted(JudgementRequested.self).isEmpty)
            #expect(try await workshop.deadLetters().count == 1)
        }
    }
}
