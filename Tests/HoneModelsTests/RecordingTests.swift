import HoneCore
import ScriptedModel
import Synchronization
import Testing

@testable import HoneModels

@Suite("Recording and replaying calls", .timeLimit(.minutes(1)))
struct RecordingTests {
    private let kept = MemoryRecordings()
    private let price = ModelPrice(inputPer1K: 1, outputPer1K: 2)

    /// A catalogue that records, or replays with an endpoint where nobody listens.
    private func catalog(
        _ mode: CallRecorder.Mode, at server: ScriptedModel? = nil, hiding secrets: [Secret] = [], pace: Double = 0,
        fallback: ApprovedModel? = nil, timing: ModelTiming = .system
    ) throws -> ModelCatalog {
        let model = try Fixture.model(
            at: server, url: "http://127.0.0.1:1/v1", fallback: fallback.map { [$0.id.rawValue] } ?? [], price: price)
        return ModelCatalog(
            [model] + (fallback.map { [$0] } ?? []), environment: Fixture.environment,
            options: ModelCatalogOptions(
                retry: .none, timing: timing,
                recorder: CallRecorder(mode, in: kept, hiding: Redaction(secrets), pace: pace)))
    }

    private func ask(
        _ catalog: ModelCatalog, _ text: String = "hm", as caller: ModelCaller? = ModelCaller("task", of: "1"),
        into events: Collector<ChatEvent> = Collector()
    ) async throws -> ChatResponse {
        try await ModelCaller.$current.withValue(caller) {
            try await catalog.chat(Fixture.ask(text), on: Fixture.worker) { events.add($0) }
        }
    }

    @Test("a replay gives back the answer, its pieces, usage, cost and times, and asks nobody")
    func roundTrip() async throws {
        let server = try await ScriptedModel.start(.always(.text("one two three")))
        let (lived, replayed) = (Collector<ChatEvent>(), Collector<ChatEvent>())
        let first = try await ask(catalog(.record, at: server), into: lived)
        await server.stop()
        let again = try await ask(catalog(.replay), into: replayed)
        #expect(again == first && again.text == "one two three" && again.cost != nil && again.duration > .zero)
        #expect(replayed.elements == lived.elements && lived.elements.count == 5)
        #expect(server.requests.count == 1)
    }

    @Test("a call that was never recorded is refused by name, is not retried elsewhere, and is never sent")
    func missing() async throws {
        let server = try await ScriptedModel.start(.always(.text("sent!")))
        let other = try Fixture.model("other", at: server)
        let catalog = try catalog(.replay, at: server, fallback: other)
        let fault = try await fault { try await ask(catalog, as: ModelCaller("judge", of: "7/score")) }
        #expect(fault.reason.name == "unrecorded" && !fault.isTransient)
        #expect(fault.taskFault.code == .modelUnavailable && !fault.taskFault.retryable)
        for part in ["judge 7/score", "HONE_REPLAY=record", "not sent"] { #expect("\(fault)".contains(part)) }
        #expect(server.requests.isEmpty && kept.all.isEmpty)
        await server.stop()
    }

    @Test("what the model is told decides which recording it is; who asks, where and how long does not")
    func canon() async throws {
        let model = try Fixture.model()
        func hash(_ change: (inout ChatRequest, inout ApprovedModel) -> Void) throws -> String {
            var (request, model) = (Fixture.ask("hm"), model)
            change(&request, &model)
            return try CanonicalRequest(request, to: model, hiding: Redaction()).hash
        }
        let plain = try hash { _, _ in }
        let same: [(inout ChatRequest, inout ApprovedModel) -> Void] = [
            { request, _ in request.traceparent = "00-1-2-03" }, { request, _ in request.timeouts.total = .seconds(1) },
            { request, _ in request.labels = ["task_id": "9"] }, { _, model in model.baseURL = "http://other" },
            { _, model in model.apiKeyEnvironment = "OTHER" }, { _, model in model.price = nil },
        ]
        for change in same { #expect(try hash(change) == plain) }
        let different: [(inout ChatRequest, inout ApprovedModel) -> Void] = [
            { request, _ in request.messages.append(.user("more")) }, { request, _ in request.parameters.seed = 3 },
            { request, _ in request.parameters.temperature = 0 }, { request, _ in request.tools = [["name": "f"]] },
            { request, _ in request.responseFormat = .jsonSchema(name: "v", schema: [:]) },
            { request, _ in request.responseFormat = .choice(["a", "b"]) },
            { request, _ in request.responseFormat = .choice(["b", "a"]) },
            { _, model in model.model = "another" }, { _, model in model.provider = .anthropic },
        ]
        let hashes = try different.map { try hash($0) }
        #expect(Set(hashes + [plain]).count == different.count + 1)
    }

    @Test("identical requests of one run are told apart by their order, in every run of it")
    func ordinals() async throws {
        let script = Script((1...3).map { ScriptedRule(.text("answer \($0)"), times: 1) }, otherwise: .text("no more"))
        let server = try await ScriptedModel.start(script)
        let recording = try catalog(.record, at: server)
        let run = ModelCaller("task", of: "1")
        for number in 1...3 { #expect(try await ask(recording, as: run).text == "answer \(number)") }
        await server.stop()
        let replaying = try catalog(.replay)
        for _ in 1...2 {
            let run = ModelCaller("task", of: "1")
            for number in 1...3 { #expect(try await ask(replaying, as: run).text == "answer \(number)") }
        }
        // Another piece of work that asks the same is told what was recorded first, in the same order.
        let stranger = ModelCaller("task", of: "2")
        for number in 1...3 { #expect(try await ask(replaying, as: stranger).text == "answer \(number)") }
        #expect(try await ask(replaying, as: ModelCaller("review", of: "2")).text == "answer 1")
        #expect(try await ask(replaying, as: nil).text == "answer 1")
    }

    @Test("a run that is repeated after a crash is told the same, and no ordinal moves")
    func redelivery() async throws {
        let script = Script([ScriptedRule(.text("first"), times: 1)], otherwise: .text("second"))
        let server = try await ScriptedModel.start(script)
        let recording = try catalog(.record, at: server)
        #expect(try await ask(recording, as: ModelCaller("task", of: "1/1")).text == "first")
        #expect(try await ask(recording, as: ModelCaller("task", of: "1/1")).text == "first")
        #expect(server.requests.count == 1 && kept.all.count == 1)
        #expect(try await ask(recording, as: ModelCaller("task", of: "1/2")).text == "second")
        #expect(kept.all.map(\.key.ordinal) == [0, 0])
        await server.stop()
    }

    @Test("of equal runs at the same time the first answer stands, for both")
    func race() async throws {
        let script = Script((1...8).map { ScriptedRule(.text("answer \($0)"), times: 1) }, otherwise: .text("no more"))
        let server = try await ScriptedModel.start(script)
        let recording = try catalog(.record, at: server)
        let answers = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 1...8 { group.addTask { try await ask(recording, as: ModelCaller("task", of: "1/1")).text } }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(answers.count == 1 && kept.all.count == 1)
        await server.stop()
    }

    @Test("a fault is kept and replayed, and gives way to the answer of a later try")
    func faults() async throws {
        let script = Script([ScriptedRule(.status(429, retryAfter: "7"), times: 1)], otherwise: .text("better"))
        let server = try await ScriptedModel.start(script)
        let recording = try catalog(.record, at: server)
        let lived = try await fault { try await ask(recording) }
        let replaying = try catalog(.replay)
        let replayed = try await fault { try await ask(replaying) }
        #expect(replayed == lived && replayed.reason == .rateLimited(retryAfter: .seconds(7)))
        #expect(try await ask(recording).text == "better")
        #expect(try await ask(catalog(.replay)).text == "better")
        await server.stop()
    }

    @Test("every kind of fault comes back as it was")
    func reasons() throws {
        let reasons: [ModelFault.Reason] = [
            .unavailable("gone", retryAfter: .seconds(2)), .circuitOpen(retryAfter: .milliseconds(1_500)),
            .rateLimited(retryAfter: nil), .timedOut("late"), .invalidAnswer("odd"), .incompleteAnswer,
            .contextExceeded, .refused, .emptyAnswer, .unauthorized("no"), .notFound, .rejected("wrong"),
            .misconfigured("never"), .unrecorded("not here"),
        ]
        for reason in reasons {
            let fault = ModelFault(
                reason, model: Fixture.worker, usage: TokenUsage(inputTokens: 3, llmCalls: 1), cost: MicroUSD(4))
            let document = try WireFormat.encode(RecordedOutcome(fault))
            #expect(try WireFormat.decode(RecordedOutcome.self, from: document).fault?.fault == fault)
        }
    }

    @Test("what a fallback answered is replayed as its answer")
    func fallback() async throws {
        let (bad, good) = (try await ScriptedModel.start(.always(.status(503))), try await ScriptedModel.start())
        let other = try Fixture.model("other", at: good)
        let first = try await ask(catalog(.record, at: bad, fallback: other))
        await bad.stop()
        await good.stop()
        #expect(first.model == other.id)
        #expect(try await ask(catalog(.replay, fallback: other)) == first)
    }

    @Test("a call that was broken off is not kept")
    func brokenOff() async throws {
        let server = try await ScriptedModel.start(.always(.text("one two")))
        let recording = try catalog(.record, at: server)
        struct Enough: Error {}
        await #expect(throws: Enough.self) {
            try await recording.chat(Fixture.ask("hm"), on: Fixture.worker) { _ in throw Enough() }
        }
        #expect(kept.all.isEmpty)
        await server.stop()
    }

    @Test("tool calls and embeddings come back too")
    func others() async throws {
        let tool = ScriptedToolCall(name: "look", arguments: #"{"for":"it"}"#)
        let server = try await ScriptedModel.start(.always(ScriptedReply(toolCall: tool)))
        let recording = try catalog(.record, at: server)
        let called = try await ask(recording)
        let embedded = try await recording.embed(["a", "b"], on: Fixture.worker)
        await server.stop()
        let replaying = try catalog(.replay)
        #expect(try await ask(replaying) == called && called.toolCalls.map(\.name) == ["look"])
        #expect(try await replaying.embed(["a", "b"], on: Fixture.worker) == embedded && embedded.vectors.count == 2)
        let fault = try await fault { try await replaying.embed(["b", "a"], on: Fixture.worker) }
        #expect(fault.reason.name == "unrecorded")
    }

    @Test("no key is kept: not the endpoint's, not one in a prompt, not one that an answer or a fault repeats")
    func secrets() async throws {
        let awkward = Secret("pass \"word\\/äö")
        let script = Script(
            [ScriptedRule(.status(400), times: 1)], otherwise: .text("you said \(Fixture.key) and \(awkward.exposed)"))
        let server = try await ScriptedModel.start(script)
        let catalog = try catalog(.record, at: server, hiding: [Secret(Fixture.key), awkward, Secret("hm")])
        _ = try await fault { try await ask(catalog, "is it \(Fixture.key)?", as: ModelCaller("task", of: "1")) }
        let response = try await ask(catalog, "is it \(Fixture.key)? hm", as: ModelCaller("task", of: "2"))
        await server.stop()
        #expect(kept.all.count == 2)
        for recording in kept.all {
            for text in [recording.request, recording.outcome] {
                #expect(!text.contains(Fixture.key) && !text.contains("word") && !text.contains("127.0.0.1"))
            }
        }
        #expect(response.text.contains(Fixture.key))
        let replayed = try await ask(self.catalog(.replay, hiding: [Secret(Fixture.key)]), "is it \(Fixture.key)? hm")
        #expect(replayed.text == "you said ••• and •••")
        #expect(kept.all.last?.request.contains("hm") == true)
    }

    @Test("a replay waits only when it is told to, and then as long as it took")
    func pace() async throws {
        let server = try await ScriptedModel.start(.always(.text("one two three")))
        let lived = try await ask(catalog(.record, at: server))
        await server.stop()
        let hasty = FakeTime()
        _ = try await ask(catalog(.replay, timing: hasty.timing))
        #expect(hasty.sleeps.elements.isEmpty)
        let faithful = FakeTime()
        _ = try await ask(catalog(.replay, pace: 2, timing: faithful.timing))
        #expect(faithful.sleeps.elements.reduce(.zero, +) == lived.duration * 2)
    }

    @Test("replayed calls are no calls: observers, and so budgets, hear nothing of them")
    func observers() async throws {
        let server = try await ScriptedModel.start(.always(.text("one")))
        _ = try await ask(catalog(.record, at: server))
        await server.stop()
        let observed = Collector<ModelCall>()
        let model = try Fixture.model(url: "http://127.0.0.1:1/v1")
        let catalog = ModelCatalog(
            [model], environment: [:], options: .init(recorder: CallRecorder(.replay, in: kept)),
            observers: [observed])
        #expect(try await ask(catalog).text == "one")
        #expect(observed.elements.isEmpty && catalog.configurationFault(of: model.id) == nil)
    }
}

/// Recordings in memory, in the order in which they came.
private final class MemoryRecordings: CallRecordings {
    private let recordings = Mutex<[CallRecording]>([])

    var all: [CallRecording] { recordings.withLock { $0 } }

    func answer(_ key: RecordingKey) async throws -> String? {
        all.first { $0.key == key && !$0.isFault }?.outcome
    }

    func closest(to key: RecordingKey) async throws -> String? {
        func rank(_ recording: CallRecording) -> Int {
            (recording.key == key ? 8 : 0) + (recording.isFault ? 0 : 4)
                + (recording.key.purpose == key.purpose ? 2 : 0) + (recording.key.ordinal == key.ordinal ? 1 : 0)
        }
        let known = all.filter { $0.key.request == key.request }
        return known.first { rank($0) == known.map(rank).max() }?.outcome
    }

    func keep(_ recording: CallRecording) async throws -> String? {
        recordings.withLock { recordings in
            guard let index = recordings.firstIndex(where: { $0.key == recording.key }) else {
                recordings.append(recording)
                return nil
            }
            guard recordings[index].isFault else { return recordings[index].outcome }
            recordings[index] = recording
            return nil
        }
    }
}
