import Foundation
import HoneCore
import HoneModels
import ScriptedModel
import Testing

@Suite("The scripted model", .timeLimit(.minutes(1)))
struct ScriptTests {
    @Test("a script is data")
    func json() throws {
        let text = """
            {"rules": [
              {"when": {"contains": "slow"}, "reply": {"text": "at last", "first_token_delay_ms": 10}},
              {"times": 2, "reply": {"misbehaviour": "status", "status": 429, "retry_after": "1"}},
              {"when": {"matches": "^bad"}, "reply": {"misbehaviour": "half_stream"}}
            ]}
            """
        let script = try JSONDecoder().decode(Script.self, from: Data(text.utf8))
        #expect(script.rules.count == 3)
        #expect(script.rules[1] == ScriptedRule(.status(429, retryAfter: "1"), times: 2))
        #expect(script.otherwise == .echo)
        let encoded = try JSONEncoder().encode(script)
        #expect(try JSONDecoder().decode(Script.self, from: encoded) == script)
    }

    @Test("rules are used in order, as often as they say, and requests are on record")
    func rules() async throws {
        let server = try await ScriptedModel.start(
            Script(
                [
                    ScriptedRule(.text("special"), when: .init(matches: "sp.cial", system: "judge")),
                    ScriptedRule(.text("once"), times: 1),
                ], otherwise: ScriptedReply(labels: [ScriptedLabel("positive", matching: "great|love")])))
        let catalog = Fixture.catalog(try Fixture.model(at: server))
        var answers: [String] = []
        for messages in [
            [ChatMessage.user("I LOVE it")], [.user("I LOVE it")], [.system("a judge"), .user("special")],
        ] {
            answers.append(try await catalog.chat(ChatRequest(messages), on: Fixture.worker).text)
        }
        #expect(answers == ["once", "positive", "special"])
        #expect(server.requests.map(\.number) == [1, 2, 3])
        #expect(server.counts.finished == 3)
        server.replace(script: .always(.text("new")))
        #expect(try await catalog.chat(Fixture.ask("hm"), on: Fixture.worker).text == "new")
        await server.stop()
    }

    @Test("a stopped server is gone")
    func stopping() async throws {
        let server = try await ScriptedModel.start()
        let catalog = Fixture.catalog(try Fixture.model(at: server))
        _ = try await catalog.chat(Fixture.ask("hm"), on: Fixture.worker)
        await server.stop()
        let fault = try await fault { try await catalog.chat(Fixture.ask("hm"), on: Fixture.worker) }
        #expect(fault.taskFault.code == .modelUnavailable)
    }
}
