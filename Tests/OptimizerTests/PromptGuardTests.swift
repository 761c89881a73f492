import HoneCore
import HoneEvolution
import HoneModels
import HoneService
import HoneStore
import HoneTestKit
import Logging
import ScriptedModel
import Testing

@testable import Optimizer

@Suite("Guardrails before a trial", .timeLimit(.minutes(2)))
struct PromptGuardTests {
    static let parent = Genome(template: PromptTemplate(system: "Sort reviews: positive or negative."))

    /// Looks at a child of ``parent`` as the optimizer would, with a suite whose holdout says one thing.
    static func refusal(
        asking sanity: ScriptedReply? = nil, _ change: @escaping @Sendable (inout Genome) -> Void
    ) async throws -> GuardrailRefusal? {
        let found = Found()
        try await Workshop.open { workshop in
            try await workshop.store.transaction { store in
                _ = try await store.benchmarks.apply(
                    Benchmark(
                        id: "suite", category: .analysis,
                        cases: [
                            BenchmarkCase(
                                id: "h1", input: "The kettle whistles like a train at night", expected: nil,
                                split: .holdout),
                            BenchmarkCase(
                                id: "t1", input: "The kettle leaks on my table", expected: nil, split: .train),
                        ]))
            }
            if let sanity { workshop.models.judge.replace(script: .always(sanity)) }
            let directory = try await Directory(
                store: workshop.database.sealed, transport: workshop.bus.transport, settings: workshop.settings,
                logger: Logger(label: "guard") { _ in SwiftLogNoOpLogHandler() })
            var child = parent
            change(&child)
            let guardrails = PromptGuard(
                store: workshop.database.sealed, models: directory.models, sanity: sanity.map { _ in .judge })
            let proposal = PromptGuard.Proposal(
                child: child, parent: parent, known: [parent], benchmark: "suite", examples: [], price: nil, left: nil)
            var refusal = try await guardrails.refusal(of: proposal)
            if refusal == nil, let question = guardrails.question(about: proposal),
                case .said(let verdict) = try await guardrails.answer(to: question, payer: CallPayer(.check))
            {
                refusal = verdict.refusal
            }
            await found.note(refusal)
            await directory.close()
        }
        return await found.refusal
    }

    private actor Found {
        private(set) var refusal: GuardrailRefusal?
        func note(_ refusal: GuardrailRefusal?) { self.refusal = refusal }
    }

    @Test("an honest prompt passes, with an example from a train case")
    func honest() async throws {
        #expect(
            try await Self.refusal {
                $0.template.demonstrations = [
                    Demonstration(user: "The kettle leaks on my table", assistant: "negative")
                ]
            } == nil)
    }

    @Test("a template that does not render, or names what it is not given, is refused with its place")
    func syntax() async throws {
        let unclosed = try await Self.refusal { $0.template.user = "{% if input %}{{ input }}" }
        #expect(unclosed?.guardrail == .syntax)
        let unknown = try await Self.refusal { $0.template.user = "{{ input }} {{ mood }}" }
        #expect(unknown?.guardrail == .syntax && unknown?.reason.contains("mood") == true)
    }

    @Test("a prompt with a sealed case in it is refused, and the reason names the case alone")
    func leak() async throws {
        let refusal = try await Self.refusal {
            $0.template.system? += " \"the kettle whistles like a train at night\" is positive."
        }
        #expect(refusal?.guardrail == .leak && refusal?.reason == "it has copied holdout case h1")
    }

    @Test(
        "an inexpensive model that finds fault keeps it from being tried",
        arguments: [("drift", Guardrail.drift), ("injection", .injection), ("nonsense", .nonsense)])
    func insane(_ verdict: String, _ guardrail: Guardrail) async throws {
        let refusal = try await Self.refusal(asking: .text(#"{"reason": "it is off", "verdict": "\#(verdict)"}"#)) {
            $0.template.system? += " Be brief."
        }
        #expect(refusal == GuardrailRefusal(guardrail, "it is off"))
    }

    @Test(
        "one that finds none, cannot say, or cannot be had, stops nothing",
        arguments: [
            ScriptedReply.text(#"{"reason": "same work", "verdict": "fine"}"#), .text("who knows"), .status(500),
        ])
    func sane(_ reply: ScriptedReply) async throws {
        #expect(try await Self.refusal(asking: reply) { $0.template.system? += " Be brief." } == nil)
    }
}
