import HoneCore
import HoneModels
import ScriptedModel
import Synchronization
import Testing

@Suite("Calls at the same time", .timeLimit(.minutes(1)))
struct ConcurrencyTests {
    @Test("four calls are under way at limit four while the fifth waits")
    func limit() async throws {
        let gate = Gate()
        let server = try await ScriptedModel.start { _ in
            await gate.pass()
            return nil
        }
        let catalog = Fixture.catalog(try Fixture.model(at: server, concurrency: 4))
        try await withThrowingTaskGroup(of: String.self) { group in
            for number in 1...5 {
                group.addTask { try await catalog.chat(Fixture.ask("call \(number)"), on: Fixture.worker).text }
            }
            #expect(try await server.reaches { $0.inFlight == 4 })
            gate.open(for: 1)
            #expect(try await server.reaches { $0.started == 5 })
            gate.open(for: 4)
            var answers: Set<String> = []
            for try await answer in group { answers.insert(answer) }
            #expect(answers == Set((1...5).map { "call \($0)" }))
        }
        #expect(server.counts.mostAtOnce == 4)
        await server.stop()
    }

    @Test("a call that waits for a slot longer than it may is told so")
    func impatient() async throws {
        let server = try await ScriptedModel.start(.always(.misbehaving(.hang)))
        let catalog = Fixture.catalog(try Fixture.model(at: server, concurrency: 1))
        let holder = Task { try await catalog.chat(Fixture.ask("hm"), on: Fixture.worker) }
        #expect(try await server.reaches { $0.inFlight == 1 })
        let fault = try await fault {
            try await catalog.chat(Fixture.ask("hm", total: .milliseconds(50)), on: Fixture.worker)
        }
        #expect(fault.reason == .timedOut("all 1 slots of the endpoint were taken for too long"))
        #expect(fault.usage.llmCalls == 0)
        holder.cancel()
        _ = await holder.result
        await server.stop()
    }

    @Test("cancelling a streamed call closes it at the server and frees its slot")
    func cancelling() async throws {
        let slow = ScriptedReply(text: String(repeating: "word ", count: 5_000), tokenDelayMilliseconds: 5)
        let server = try await ScriptedModel.start(.first(1, slow))
        let observed = Collector<ModelCall>()
        let catalog = Fixture.catalog(
            try Fixture.model(at: server, concurrency: 1, price: ModelPrice(inputPer1K: 1, outputPer1K: 1)),
            observers: [observed])
        let seen = Collector<ChatEvent>()
        let call = Task { try await catalog.chat(Fixture.ask("hm"), on: Fixture.worker) { seen.add($0) } }
        try await until("the answer begins") { seen.elements.count >= 3 }
        call.cancel()
        await #expect(throws: CancellationError.self) { try await call.value }
        #expect(try await server.reaches { $0.abandoned == 1 })
        #expect(try await catalog.chat(Fixture.ask("next"), on: Fixture.worker).text == "next")

        let cancelled = try #require(observed.elements.first)
        #expect(cancelled.outcome == .cancelled)
        #expect(cancelled.usageIsEstimated)
        #expect(try #require(cancelled.cost) > .zero)
        await server.stop()
    }

    @Test("cancelling a call to a server that never answers closes it")
    func cancellingHang() async throws {
        let server = try await ScriptedModel.start(.always(.misbehaving(.hang)))
        let catalog = Fixture.catalog(try Fixture.model(at: server))
        let call = Task { try await catalog.chat(Fixture.ask("hm"), on: Fixture.worker) }
        #expect(try await server.reaches { $0.inFlight == 1 })
        call.cancel()
        await #expect(throws: CancellationError.self) { try await call.value }
        #expect(try await server.reaches { $0.abandoned == 1 })
        await server.stop()
    }

    @Test("a sequence that is no longer read closes its call")
    func droppedSequence() async throws {
        let slow = ScriptedReply(text: String(repeating: "word ", count: 5_000), tokenDelayMilliseconds: 5)
        let server = try await ScriptedModel.start(.always(slow))
        let model = try Fixture.catalog(Fixture.model(at: server)).chatModel(Fixture.worker)
        for try await event in model.stream(Fixture.ask("hm")) {
            #expect(event == .text("word"))
            break
        }
        #expect(try await server.reaches { $0.abandoned == 1 })
        await server.stop()
    }
}

/// Holds callers back until somebody lets so many of them through.
final class Gate: Sendable {
    private struct State {
        var free = 0
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    func pass() async {
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state -> Bool in
                if state.free == 0 {
                    state.waiting.append(continuation)
                    return false
                }
                state.free -= 1
                return true
            }
            if isFree { continuation.resume() }
        }
    }

    func open(for count: Int) {
        let released = state.withLock { state in
            let released = state.waiting.prefix(count)
            state.waiting.removeFirst(released.count)
            state.free += count - released.count
            return Array(released)
        }
        for continuation in released { continuation.resume() }
    }
}
