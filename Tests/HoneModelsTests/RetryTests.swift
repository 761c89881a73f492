import HoneCore
import HoneModels
import ScriptedModel
import Testing

@Suite("Retries", .timeLimit(.minutes(1)))
struct RetryTests {
    @Test("a server that is still loading is asked again until it answers")
    func loading() async throws {
        let server = try await ScriptedModel.start(
            .first(2, ScriptedReply(text: "Loading model", misbehaviour: .status, status: 503), then: .text("ready")))
        let time = FakeTime()
        let catalog = Fixture.catalog(try Fixture.model(at: server), retry: RetryPolicy(), timing: time.timing)
        let response = try await catalog.chat(Fixture.ask("hm"), on: Fixture.worker)

        #expect(response.text == "ready")
        #expect(response.usage.llmCalls == 3)
        #expect(time.sleeps.elements == [.milliseconds(187.5), .milliseconds(375)])
        await server.stop()
    }

    @Test("it gives up after the last attempt, with the last fault")
    func exhausted() async throws {
        let server = try await ScriptedModel.start(.always(.status(500)))
        let catalog = Fixture.catalog(
            try Fixture.model(at: server), retry: RetryPolicy(attempts: 3), timing: FakeTime().timing)
        let fault = try await fault { try await catalog.chat(Fixture.ask("hm"), on: Fixture.worker) }
        #expect(fault.reason.name == "unavailable")
        #expect(fault.usage.llmCalls == 3)
        #expect(server.counts.started == 3)
        await server.stop()
    }

    @Test(
        "Retry-After is honoured, as seconds and as a date",
        arguments: [("7", Duration.seconds(7)), ("Sun, 06 Nov 1994 08:49:50 GMT", .seconds(13))])
    func retryAfter(_ header: String, _ pause: Duration) async throws {
        let server = try await ScriptedModel.start(.first(1, .status(429, retryAfter: header)))
        let time = FakeTime()
        let catalog = Fixture.catalog(try Fixture.model(at: server), retry: RetryPolicy(), timing: time.timing)
        _ = try await catalog.chat(Fixture.ask("hm"), on: Fixture.worker)
        #expect(time.sleeps.elements == [pause])
        await server.stop()
    }

    @Test("a Retry-After beyond the bound goes to the caller instead", arguments: ["21", "3600"])
    func longRetryAfter(_ seconds: String) async throws {
        let server = try await ScriptedModel.start(.always(.status(429, retryAfter: seconds)))
        let time = FakeTime()
        let catalog = Fixture.catalog(try Fixture.model(at: server), retry: RetryPolicy(), timing: time.timing)
        let fault = try await fault { try await catalog.chat(Fixture.ask("hm"), on: Fixture.worker) }
        #expect(fault.retryAfter == .seconds(try #require(Int(seconds))))
        #expect(server.counts.started == 1)
        await server.stop()
    }

    @Test("nothing is retried after the first word has been seen")
    func afterFirstWord() async throws {
        let server = try await ScriptedModel.start(
            .always(ScriptedReply(text: "one two", misbehaviour: .halfStream)))
        let catalog = Fixture.catalog(
            try Fixture.model(at: server), retry: RetryPolicy(), timing: FakeTime().timing)
        let fault = try await fault { try await catalog.chat(Fixture.ask("hm"), on: Fixture.worker) }
        #expect(fault.reason == .incompleteAnswer)
        #expect(server.counts.started == 1)
        await server.stop()
    }

    @Test("garbage is tried once more, a refusal never", arguments: [(ScriptedMisbehaviour.garbage, 2), (.refusal, 1)])
    func onceMore(_ misbehaviour: ScriptedMisbehaviour, _ calls: Int) async throws {
        let server = try await ScriptedModel.start(.always(.misbehaving(misbehaviour)))
        let catalog = Fixture.catalog(
            try Fixture.model(at: server), retry: RetryPolicy(), timing: FakeTime().timing)
        _ = try await fault { try await catalog.chat(Fixture.ask("hm"), on: Fixture.worker) }
        #expect(server.counts.started == calls)
        await server.stop()
    }

    @Test("a pause that would outlast the caller's time is not begun")
    func noTime() {
        let fault = ModelFault(.unavailable("down"))
        let policy = RetryPolicy()
        #expect(policy.pause(after: fault, attempt: 1, timeLeft: .milliseconds(100), random: 0) == nil)
        #expect(policy.pause(after: fault, attempt: 1, timeLeft: .seconds(9), random: 0) == .milliseconds(125))
    }

    @Test("pauses double up to a bound, spread by chance, and end with the attempts")
    func pauses() {
        let fault = ModelFault(.unavailable("down"))
        let policy = RetryPolicy(attempts: 9, firstPause: .seconds(1), longestPause: .seconds(4))
        let pauses = (1...9).map { policy.pause(after: fault, attempt: $0, timeLeft: .seconds(60), random: 0.5) }
        #expect(pauses == [0.75, 1.5, 3, 3, 3, 3, 3, 3].map { .seconds($0) } + [nil])
    }
}
