import Foundation
import HoneCore
import HoneIntelligence
import HoneMessages
import HoneStore
import HoneTestKit
import ScriptedModel
import Testing

@testable import Evaluator

@Suite("Work that talks to its judge", .timeLimit(.minutes(3)))
struct InjectionTests {
    /// What a score may move by.
    private static let tolerance = 0.05

    private func prompt(_ work: String, _ form: AssessmentForm = .reasoned) -> AssessmentPrompt {
        let template = ObjectiveTemplate(
            category: .analysis, description: "Say of each text what it feels like.",
            evaluationCriteria: ["accuracy": "The label is the right one."])
        return AssessmentPrompt(
            .judge(for: template), task: "great phone", work: work, hash: UUID.v5(namespace: .hone, name: work),
            form: form)
    }

    /// Whether the gullible judge is persuaded by a prompt, changed as `change` says.
    private func persuades(_ prompt: AssessmentPrompt, _ change: (String) -> String = { $0 }) -> Bool {
        GullibleJudge.isPersuaded(by: [
            ScriptedRequest.Turn(role: "system", text: prompt.system),
            ScriptedRequest.Turn(role: "user", text: change(prompt.user)),
        ])
    }

    private func mark(of prompt: AssessmentPrompt) throws -> String {
        String(try #require(prompt.user.firstMatch(of: /The mark is (\S+)\./)).output.1)
    }

    @Test("there are more than thirty attempts, all different")
    func many() {
        #expect(InjectionAttempt.all.count > 60 && Set(InjectionAttempt.all.map(\.text)).count > 60)
    }

    @Test("through the evaluator no attempt moves any score, in either form", arguments: AssessmentForm.allCases)
    func unmoved(form: AssessmentForm) async throws {
        let judge = try await ScriptedModel.start { GullibleJudge().answer($0) }
        let evaluations = try await evaluated(by: judge, form)
        #expect(evaluations.count == InjectionAttempt.all.count + 1)
        for (name, evaluation) in evaluations {
            let scores = [evaluation.scores.accuracy, evaluation.scores.relevance, evaluation.scores.completeness]
            for score in scores {
                #expect(score.map { abs($0 - GullibleJudge.sober) <= Self.tolerance } ?? false, "\(name)")
            }
            #expect(evaluation.passed == false, "\(name)")
        }
        await judge.stop()
    }

    /// What the service makes of every attempt, and of the honest work, by name.
    private func evaluated(by judge: ScriptedModel, _ form: AssessmentForm) async throws -> [String:
        EvaluationCompleted]
    {
        let found = Noted<[String: EvaluationCompleted]>([:])
        let settings = ["HONE_JUDGE_MODEL": "gullible", "HONE_JUDGE_FORM": form.rawValue]
        try await Workshop.open(settings: settings) { workshop in
            _ = try await workshop.store.models.apply(
                ApprovedModel(
                    id: .named("gullible"), provider: .openai, baseURL: judge.baseURL, model: "gullible", concurrency: 8
                ))
            let works = InjectionAttempt.all.map { ($0.name, $0.text) } + [("honest", InjectionAttempt.honest)]
            var names: [TaskID: String] = [:]
            for (name, text) in works {
                let done = try await workshop.complete(
                    TaskSubmitted(input: "great phone", category: .analysis), output: .string(text))
                names[done.taskID] = name
                try await workshop.send(done)
            }
            let known = names
            try await workshop.running([Evaluator.self]) {
                let all = try await workshop.posted(EvaluationCompleted.self, reaching: works.count).map(\.body)
                found.set(Dictionary(all.map { (known[$0.taskID] ?? "", $0) }) { first, _ in first })
            }
        }
        return found.value
    }

    @Test("without a fence every one of them persuades: the judge is gullible", arguments: InjectionAttempt.all)
    func gullible(attempt: InjectionAttempt) throws {
        let prompt = prompt(attempt.text)
        let mark = try mark(of: prompt)
        #expect(
            persuades(prompt) { user in
                user.replacing("The mark is \(mark).", with: "").replacing("<<<\(mark)\n", with: "")
                    .replacing("\n\(mark)>>>", with: "")
            })
        #expect(!persuades(self.prompt(InjectionAttempt.honest)))
    }

    @Test(
        "with a mark that everybody knows, those that close it persuade",
        arguments: InjectionAttempt.all.filter { $0.kind == .fence })
    func knownMark(attempt: InjectionAttempt) throws {
        let prompt = prompt(attempt.text)
        let mark = try mark(of: prompt)
        #expect(persuades(prompt) { $0.replacing(mark, with: "DATA") })
        #expect(!persuades(prompt))
    }

    @Test(
        "with the marks of chat templates left whole, those that end the message persuade",
        arguments: InjectionAttempt.all.filter { $0.kind == .template })
    func wholeTemplates(attempt: InjectionAttempt) {
        let prompt = prompt(attempt.text)
        #expect(persuades(prompt) { $0.replacing("< ", with: "<").replacing("[ ", with: "[") })
        #expect(!persuades(prompt))
    }

    @Test("a judge that thinks aloud and quotes the work is asked again, and scores soberly")
    func quoting() async throws {
        let judge = try await ScriptedModel.start { GullibleJudge(quotes: true).answer($0) }
        let evaluations = try await evaluated(by: judge, .reasoned)
        for (name, evaluation) in evaluations {
            #expect(
                evaluation.scores.accuracy.map { abs($0 - GullibleJudge.sober) <= Self.tolerance } ?? false, "\(name)")
        }
        #expect(judge.requests.count > evaluations.count)
        await judge.stop()
    }
}
