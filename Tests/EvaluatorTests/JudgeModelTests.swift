import HoneCore
import HoneMessages
import HoneStore
import HoneTestKit
import ScriptedModel
import Testing

@testable import Evaluator

@Suite("Which model judges", .timeLimit(.minutes(3)))
struct JudgeModelTests {
    @Test("a model does not judge its own work while there is another")
    func ownWork() async throws {
        try await Workshop.open { workshop in
            let completed = try await workshop.complete(
                TaskSubmitted(input: "x", category: .analysis), output: "fine", model: .judge)
            workshop.models.alpha.replace(script: Verdicts.script(judge: 0.25))
            try await workshop.running([Evaluator.self]) {
                try await workshop.send(completed)
                let evaluation = try #require(
                    try await workshop.posted(EvaluationCompleted.self, reaching: 1).first
                ).body
                #expect(evaluation.evaluator.model == .alpha && evaluation.scores.accuracy == 0.25)
            }
            #expect(workshop.models.judge.requests.isEmpty)
        }
    }

    @Test("the author does not stand in for a judge that is ill, not even under another id")
    func noStandIn() async throws {
        try await Workshop.open { workshop in
            let models = workshop.models
            try await workshop.store.approve(
                [
                    ("self", models.alpha, "wire-alpha", []),
                    ("judge", models.judge, "wire-judge", ["alpha", "self", "beta"]),
                ])
            models.judge.replace(script: .always(.status(503)))
            models.alpha.replace(script: Verdicts.script(judge: 1))
            models.beta.replace(script: Verdicts.script(judge: 0.25))
            let completed = try await workshop.complete(
                TaskSubmitted(input: "x", category: .analysis), output: "fine", model: .alpha)
            try await workshop.running([Evaluator.self]) {
                try await workshop.send(completed)
                let evaluation = try #require(
                    try await workshop.posted(EvaluationCompleted.self, reaching: 1, within: .seconds(60)).first
                ).body
                #expect(evaluation.evaluator.model == .beta && evaluation.scores.accuracy == 0.25)
            }
            #expect(models.alpha.requests.isEmpty)
        }
    }
}
