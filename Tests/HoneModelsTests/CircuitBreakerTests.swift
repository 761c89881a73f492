import HoneCore
import HoneModels
import ScriptedModel
import Testing

@Suite("The circuit breaker's decisions")
struct CircuitBreakerTests {
    private let start = ContinuousClock.now
    private var breaker = CircuitBreaker(.init(threshold: 3, coolDown: .seconds(10)))

    private mutating func call(_ verdict: CircuitBreaker.Verdict, at seconds: Int = 0) {
        if case .admitted(let permit) = breaker.enter(at: start + .seconds(seconds)) {
            breaker.leave(permit, verdict, at: start + .seconds(seconds))
        }
    }

    private mutating func isRefused(at seconds: Int) -> Bool {
        if case .refused = breaker.enter(at: start + .seconds(seconds)) { true } else { false }
    }

    @Test("failures in a row open it; one answer in between starts the count again")
    mutating func opening() {
        for verdict in [CircuitBreaker.Verdict.failed, .failed, .alive, .failed, .unknown, .failed] { call(verdict) }
        #expect(breaker.state == .closed(failures: 2))
        call(.failed)
        #expect(breaker.state == .open(until: start + .seconds(10)))
        #expect(breaker.enter(at: start + .seconds(4)) == .refused(retryAfter: .seconds(6)))
    }

    @Test("after the cool-down one caller may probe, and its answer closes the circuit")
    mutating func halfOpening() {
        for _ in 1...3 { call(.failed) }
        guard case .admitted(let probe) = breaker.enter(at: start + .seconds(10)) else {
            Issue.record("the probe was refused")
            return
        }
        #expect(isRefused(at: 11))
        breaker.leave(probe, .alive, at: start + .seconds(12))
        #expect(breaker.state == .closed(failures: 0))
    }

    @Test("a probe that fails opens it again; one that was given up lets the next one try")
    mutating func failedProbe() {
        for _ in 1...3 { call(.failed) }
        call(.unknown, at: 10)
        #expect(breaker.state == .halfOpen(isProbing: false))
        call(.failed, at: 11)
        #expect(breaker.state == .open(until: start + .seconds(21)))
    }

    @Test("verdicts of calls from before the opening change nothing")
    mutating func lateVerdicts() {
        guard case .admitted(let early) = breaker.enter(at: start) else { return }
        for _ in 1...3 { call(.failed) }
        breaker.leave(early, .alive, at: start + .seconds(1))
        #expect(breaker.isOpen(at: start + .seconds(1)))
    }
}

@Suite("Circuits of endpoints", .timeLimit(.minutes(1)))
struct CircuitTests {
    @Test("a broken endpoint is not asked any more until the cool-down is over")
    func opensAndHalfOpens() async throws {
        let server = try await ScriptedModel.start(.first(3, .status(500), then: .text("back")))
        let time = FakeTime()
        let catalog = Fixture.catalog(
            try Fixture.model(at: server), circuit: .init(threshold: 3, coolDown: .seconds(10)), timing: time.timing)
        for _ in 1...3 {
            _ = try await fault { try await catalog.chat(Fixture.ask("hm"), on: Fixture.worker) }
        }
        let refused = try await fault { try await catalog.chat(Fixture.ask("hm"), on: Fixture.worker) }
        #expect(refused.reason == .circuitOpen(retryAfter: .seconds(10)))
        #expect(refused.taskFault.code == .modelUnavailable)
        #expect(server.counts.started == 3)
        #expect(!catalog.isAvailable(Fixture.worker))

        time.advance(by: .seconds(10))
        #expect(catalog.isAvailable(Fixture.worker))
        #expect(try await catalog.chat(Fixture.ask("hm"), on: Fixture.worker).text == "back")
        await server.stop()
    }

    @Test("refusals, wrong requests and rate limits do not open it", arguments: [401, 404, 422, 429])
    func clientErrors(_ status: Int) async throws {
        let server = try await ScriptedModel.start(.always(.status(status)))
        let catalog = Fixture.catalog(try Fixture.model(at: server), circuit: .init(threshold: 2))
        for _ in 1...5 {
            _ = try await fault { try await catalog.chat(Fixture.ask("hm"), on: Fixture.worker) }
        }
        #expect(server.counts.started == 5)
        #expect(catalog.isAvailable(Fixture.worker))
        await server.stop()
    }

    @Test("models at one base URL share a circuit, and it survives a change of the catalogue")
    func shared() async throws {
        let server = try await ScriptedModel.start(.always(.status(500)))
        let models = [try Fixture.model(at: server), try Fixture.model("other", at: server)]
        let catalog = Fixture.catalog(models[0], models[1], circuit: .init(threshold: 1))
        _ = try await fault { try await catalog.chat(Fixture.ask("hm"), on: Fixture.worker) }
        catalog.replace(with: models)
        #expect(!catalog.isAvailable(try #require(ModelID("other"))))
        await server.stop()
    }
}
