import Foundation
import HoneAPI
import HoneCore
import HoneEvolution
import HoneService
import HoneStore
import HoneTestKit
import Logging
import ScriptedModel
import Testing

@testable import Evaluator
@testable import Executor
@testable import Optimizer
@testable import Router

@Suite("What a run leaves for who approves", .timeLimit(.minutes(4)))
struct AblationRunTests {
    @Test("a gate that has been run on real trials proves itself from its bundle")
    func bundle() async throws {
        try await GateSetting.open { setting in
            setting.teach { child, number in child || number % 3 == 0 }
            let result = try await setting.run()
            #expect(result.verdict == .promote)
            let found = try await LineageBundle.of(
                setting.child, from: setting.store, by: "test", version: "0", at: Date())
            let bundle = try #require(found)
            let verdict = try BundleVerifier(reading: WireFormat.encode(bundle)).verified(expecting: bundle.digest)
            #expect(verdict.valid, "\(verdict.faults)")
            #expect(verdict.checks.first { $0.check == .gates }?.looked == 1)
            #expect(!verdict.notes.contains { $0.contains("gate") }, "\(verdict.notes)")
        }
    }

    @Test("each part is left out on the same cases; what was measured is kept, and its variants are archived")
    func parts() async throws {
        try await GateSetting.open { setting in
            let store = setting.store
            let cases = (0..<30).map { number in
                BenchmarkCase(
                    id: "v\(number)", input: .string("question \(number)."), expected: .choice("yes"),
                    split: .validation)
            }
            try await store.transaction {
                _ = try await $0.benchmarks.apply(Benchmark(id: "parts", category: .analysis, cases: cases))
            }
            // Only who is told to be brief says yes.
            setting.workshop.models.alpha.replace(
                script: Script(
                    [ScriptedRule(.text("yes"), when: ScriptedCondition(system: "Be brief."))], otherwise: .text("no")))
            let whole = PromptTemplate(
                system: "Answer.\n\nBe brief.", demonstrations: [Demonstration(user: "fine", assistant: "yes")])
            let new = NewPrompt(agentID: .ada, template: whole, actor: "test")
            try await store.transaction { _ = try await $0.prompts.add(new) }
            let series = TrialSeries(
                optimizationID: setting.optimization, agentID: .ada, benchmarkID: "parts", baseline: setting.parent,
                seed: 5)
            let measured = try await setting.measure(new.id, on: cases.map(\.id), in: series)
            let report = try #require(measured)
            #expect(report.parts.map { "\($0.part)" } == ["paragraph 1", "paragraph 2", "demonstration 1"])
            #expect(report.parts.map(\.worth) == [0, 1, 0] && report.parts.map(\.isProved) == [false, true, false])
            let body = try #require(try await AblationBody.load(new.id, from: store))
            #expect(body.measured && body.parts.map(\.worth) == [0, 1, 0])
            for part in body.parts {
                #expect(try await store.prompts.load(part.withoutID)?.lifecycle == .archived)
            }
            let calls = setting.workshop.models.alpha.requests.count
            #expect(try await setting.measure(new.id, on: cases.map(\.id), in: series) == report)
            #expect(setting.workshop.models.alpha.requests.count == calls)
            let found = try await LineageBundle.of(new.id, from: store, by: "test", version: "0", at: Date())
            let verdict = BundleVerifier(try #require(found)).verified()
            #expect(verdict.valid && verdict.checks.first { $0.check == .ablation }?.looked == 1, "\(verdict.faults)")
        }
    }

    @Test("without money or time nothing is kept")
    func stopped() async throws {
        try await GateSetting.open { setting in
            let measured = try await setting.measure(setting.child, on: ["h000"], in: setting.series) { true }
            #expect(measured == nil)
            #expect(try await AblationBody.load(setting.child, from: setting.store)?.measured == false)
        }
    }
}

extension GateSetting {
    fileprivate func measure(
        _ prompt: PromptID, on cases: [String], in series: TrialSeries,
        mustStop: @escaping @Sendable () async throws -> Bool = { false }
    ) async throws -> AblationReport? {
        let desk = TrialDesk(
            store: workshop.database.sealed, publisher: workshop.bus.transport, limit: 16,
            logger: Logger(label: "parts") { _ in SwiftLogNoOpLogHandler() })
        return try await MeasureParts(store: workshop.database.sealed, desk: desk).run(
            prompt, on: cases, in: series, mustStop: mustStop)
    }
}
