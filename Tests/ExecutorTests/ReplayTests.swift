import Foundation
import HoneCore
import HoneMessages
import HoneStore
import HoneTestKit
import Logging
import ScriptedModel
import Testing

@testable import Executor
@testable import HoneService

@Suite("Recording and replaying work", .timeLimit(.minutes(3)))
struct ReplayTests {
    private let question = TaskSubmitted(input: "great phone", category: .analysis)

    /// Has one more task done, and returns what became of it.
    private func ask(_ task: TaskSubmitted, in workshop: Workshop) async throws -> ExecutionRecord {
        let assigned = try await workshop.assign(task)
        try await workshop.running([Executor.self]) {
            try await workshop.send(assigned)
            try await workshop.quiet(.tasksAssigned, "executor")
        }
        return try #require(try await workshop.detail(assigned.taskID).executions.first)
    }

    @Test("another task that asks the same gets the recorded answer, tokens, price and time, and no model is asked")
    func equalTask() async throws {
        try await Workshop.open { workshop in
            let slow = ScriptedReply(text: "one two three", firstTokenDelayMilliseconds: 300)
            workshop.models.alpha.replace(script: .always(slow))
            let first = try await ask(question, in: workshop.with(["HONE_REPLAY": "record"]))
            let second = try await ask(question, in: workshop.with(["HONE_REPLAY": "replay"]))
            #expect(second.taskID != first.taskID && workshop.models.alpha.requests.count == 1)
            #expect(second.output == "one two three" && second.output == first.output)
            #expect(second.usage == first.usage && second.cost == first.cost && second.model == first.model)
            #expect(second.timeToFirstTokenSeconds == first.timeToFirstTokenSeconds)
            #expect(second.finishReason == first.finishReason && second.nodes.map(\.name) == first.nodes.map(\.name))
            let model = try #require(second.nodes.first { $0.name == "model" })
            #expect(model.durationSeconds >= 0.3 && second.durationSeconds >= model.durationSeconds)
            let tokens = try await workshop.posted(ProgressMade.self).map(\.body)
                .filter { $0.kind == .token && $0.subjectID == second.taskID.description }.compactMap(\.message)
            #expect(tokens == ["one", " two", " three"])
        }
    }

    @Test("a call that was never recorded ends its task, by name and at once, and is never sent")
    func missing() async throws {
        try await Workshop.open(settings: ["HONE_REPLAY": "replay"]) { workshop in
            let record = try await ask(question, in: workshop)
            let fault = try #require(record.fault)
            #expect(fault.code == .modelUnavailable && !fault.retryable && record.isFinalFailure)
            #expect(fault.message.contains("HONE_REPLAY=record") && fault.message.contains("\(record.taskID)/1"))
            #expect(workshop.models.alpha.requests.isEmpty)
        }
    }

    @Test("what a run takes from outside is kept once and given back, and without a replay it is as it is")
    func circumstances() async throws {
        try await Workshop.open { workshop in
            let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            func open(_ mode: Settings.Replay) async throws -> Circumstances {
                try await Circumstances([.timing, .trust], mode, store: workshop.store, logger: logger)
            }
            let recording = try await open(.record)
            #expect(recording.recall(.timing, of: "1/1") { 0.1 } == 0.1)
            #expect(recording.recall(.timing, of: "1/1") { 0.2 } == 0.2)
            #expect(recording.recall(.trust, of: "kai") { 0.7 } == 0.7)
            let third = 1.0 / 3
            #expect(recording.recall(.trust, of: "kai") { third } == third)
            try await recording.flush()
            let replaying = try await open(.replay)
            #expect(replaying.recall(.timing, of: "1/1") { 9.0 } == 0.1)
            #expect(replaying.recall(.trust, of: "kai") { 9.0 } == third)
            #expect(replaying.recall(.timing, of: "2/1") { 9.0 } == 9)
            #expect(try await open(.off).recall(.timing, of: "1/1") { 9.0 } == 9)
        }
    }
}
