import HoneCore
import HoneMessages
import HoneStore
import HoneTestKit
import ScriptedModel
import Testing

@testable import Executor

@Suite("What a prompt says besides its words", .timeLimit(.minutes(3)))
struct GenomeTests {
    /// Has Ada do a task with this prompt and this answer of her model; returns the result with what watchers were told.
    private func result(
        of template: PromptTemplate, answering reply: ScriptedReply, pin: TaskPin? = nil,
        _ check: @Sendable (TaskCompleted, [String], ScriptedRequest) throws -> Void
    ) async throws {
        try await Workshop.open { workshop in
            workshop.models.alpha.replace(script: .always(reply))
            try await workshop.store.transaction { store in
                let prompt = NewPrompt(agentID: .ada, template: template, actor: "test")
                _ = try await store.prompts.add(prompt)
                try await store.prompts.promote(prompt.id, by: "test", because: "it is tested")
            }
            let assigned = try await workshop.assign(TaskSubmitted(input: "a phone", category: .analysis, pin: pin))
            try await workshop.running([Executor.self]) {
                try await workshop.send(assigned)
                _ = try await workshop.posted(TaskCompleted.self, reaching: 1)
            }
            let completed = try #require(try await workshop.posted(TaskCompleted.self).first).body
            let told = try await workshop.posted(ProgressMade.self).map(\.body).filter { $0.kind == .token }
            let request = try #require(workshop.models.alpha.requests.first)
            try check(completed, told.compactMap(\.message), request)
        }
    }

    private static let demonstration = Demonstration(user: "a fine one", assistant: "positive")

    @Test("the model is shown the words for its labels, and what it says leaves as the label")
    func labels() async throws {
        let template = PromptTemplate(
            system: "Say {{ labels.or }}.", demonstrations: [Self.demonstration],
            labels: ["positive": "good", "negative": "bad"])
        try await result(of: template, answering: .text("It is **Bad**, not good")) { completed, told, request in
            #expect(completed.output == "negative")
            #expect(told == ["negative"])
            #expect(request.turns.map(\.text) == ["Say bad or good.", "a fine one", "good", "a phone"])
            #expect(request.schema == nil)
        }
        try await result(of: template, answering: .text("no idea")) { completed, told, _ in
            #expect(completed.output == "no idea" && told == ["no idea"])
        }
    }

    @Test("a forced choice is sent as a schema and leaves as plain text")
    func choices() async throws {
        let template = PromptTemplate(
            labels: ["positive": "good"], answer: .choices(["positive", "negative"]))
        let reply = ScriptedReply(labels: [ScriptedLabel("good", matching: "phone")])
        try await result(of: template, answering: reply) { completed, told, request in
            #expect(completed.output == "positive" && told == ["positive"])
            #expect(request.schema?["enum"] == ["good", "negative"])
        }
    }

    @Test("an answer in a schema of the prompt's own leaves as it is")
    func schema() async throws {
        let schema: JSONValue = ["type": "object", "properties": ["label": ["type": "string"]], "required": ["label"]]
        let reply = ScriptedReply(labels: [ScriptedLabel("fine", matching: "phone")])
        try await result(of: PromptTemplate(answer: .jsonSchema(schema)), answering: reply) { completed, _, request in
            #expect(completed.output == #"{"label":"fine"}"#)
            #expect(request.schema == schema)
        }
    }

    @Test("a prompt's parameters take the place of the agent's, and a task's pin of both")
    func parameters() async throws {
        let template = PromptTemplate(
            parameters: ModelParameters(temperature: 0.5, topP: 0.9, maxTokens: 7, stop: ["\n"]))
        try await result(of: template, answering: .text("positive")) { _, _, request in
            #expect(request.body["temperature"] == 0.5 && request.body["top_p"] == 0.9)
            #expect(request.body["max_tokens"] == 7 && request.body["stop"] == ["\n"])
        }
        let pin = TaskPin(seed: 3, temperature: 1)
        try await result(of: template, answering: .text("positive"), pin: pin) { _, _, request in
            #expect(request.body["temperature"]?.double == 1 && request.body["seed"] == 3)
            #expect(request.body["top_p"] == 0.9)
        }
    }
}
