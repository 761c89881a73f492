import Foundation
import HoneAPI
import HoneCore
import HoneEvolution
import HoneStore
import HoneTestKit
import Testing

@Suite("The lineage bundle", .timeLimit(.minutes(5)))
struct LineageBundleTests {
    private func bundle(_ family: PromptFamily, _ prompt: PromptID = PromptFamily.third.id) async throws
        -> LineageBundle
    {
        try #require(
            await LineageBundle.of(
                prompt, from: family.store, by: "cli:ann", version: "0.1.0",
                at: Date(timeIntervalSince1970: 1_800_000_000)))
    }

    @Test("it holds everything that speaks for a prompt, and proves itself from its bytes alone")
    func whole() async throws {
        try await PromptFamily.run { family in
            let bundle = try await bundle(family)
            let names = Set(bundle.entries.map(\.name))
            for prompt in [PromptFamily.first, PromptFamily.second, PromptFamily.third] {
                #expect(names.isSuperset(of: ["prompts/\(prompt.id)", "transitions/\(prompt.id)"]))
            }
            #expect(
                names.isSuperset(of: [
                    "bundle", "ablation", "benchmarks/reviews", "optimizations/\(family.optimization)",
                    "experiments/\(family.gate)", "experiments/\(family.ablation)",
                    "diffs/\(PromptFamily.third.id)/\(PromptFamily.second.id)",
                    "diffs/\(PromptFamily.third.id)/\(PromptFamily.first.id)",
                    "diffs/\(PromptFamily.second.id)/\(PromptFamily.first.id)",
                ]))
            let data = try WireFormat.encode(bundle)
            let text = String(decoding: data, as: UTF8.self)
            #expect(text.contains("jwt:ann") && text.contains("add demonstrations") && !text.contains("review 3"))
            let verdict = try BundleVerifier(reading: data).verified(expecting: bundle.digest)
            #expect(verdict.valid && verdict.notes.isEmpty, "\(verdict.faults)")
            #expect(verdict.checks.allSatisfy { $0.looked > 0 && $0.faults == 0 })
            #expect(verdict.checks.map(\.check) == BundleCheck.allCases)
        }
    }

    @Test("the same record at the same moment gives the same bytes")
    func deterministic() async throws {
        try await PromptFamily.run { family in
            let (first, second) = (try await bundle(family), try await bundle(family))
            #expect(try WireFormat.encode(first) == WireFormat.encode(second))
        }
    }

    @Test("of a prompt that nobody tried it says that nothing was proved and nothing measured")
    func untried() async throws {
        try await PromptFamily.run { family in
            let bundle = try await bundle(family, PromptFamily.first.id)
            let verdict = BundleVerifier(bundle).verified()
            #expect(verdict.valid && verdict.notes.count == 3, "\(verdict)")
            #expect(
                verdict.notes.contains { $0.contains("measured") } && verdict.notes.contains { $0.contains("proved") })
            let nobody = try await LineageBundle.of(.new(), from: family.store, by: "", version: "", at: Date())
            #expect(nobody == nil)
        }
    }

    @Test("whoever changes a file without its digests is found, and the place is named")
    func tampering() async throws {
        try await PromptFamily.run { family in
            let bundle = try await bundle(family)
            for change in Tampering.clumsy(family) {
                var broken = bundle
                try change.apply(to: &broken)
                expect(broken, change)
            }
        }
    }

    @Test("whoever makes all digests anew is found where something does not follow from the rest")
    func forgery() async throws {
        try await PromptFamily.run { family in
            let bundle = try await bundle(family)
            for change in Tampering.careful(family) {
                var broken = bundle
                try change.apply(to: &broken)
                let sealed = try LineageBundle(broken.entries)
                expect(sealed, change)
                #expect(sealed.digest != bundle.digest)
                let known = BundleVerifier(sealed).verified(expecting: bundle.digest)
                #expect(known.faults.contains { $0.check == .chain && $0.place == "digest" }, "\(change.name)")
            }
        }
    }

    @Test("a name that is exchanged with all digests is told by the digest alone, and the verdict says so")
    func names() async throws {
        try await PromptFamily.run { family in
            let bundle = try await bundle(family)
            var broken = bundle
            try Tampering("an approver", .chain, "digest") { bundle in
                try bundle.edit("transitions/\(PromptFamily.third.id)") { $0.replaced("jwt:ann", by: "jwt:eve") }
            }.apply(to: &broken)
            let sealed = try LineageBundle(broken.entries)
            let blind = BundleVerifier(sealed).verified()
            #expect(blind.valid && blind.notes.contains { $0.contains("--digest") })
            #expect(!BundleVerifier(sealed).verified(expecting: bundle.digest).valid)
        }
    }

    @Test(
        "what is no bundle is said to be none",
        arguments: ["", "{}", "[]", #"{"format":"zip","entries":[],"manifest":[],"digest":""}"#])
    func foreign(text: String) {
        #expect(throws: InvalidValue.self) { try BundleVerifier(reading: Data(text.utf8)) }
    }

    @Test("a bundle without entries does not hold")
    func empty() throws {
        let verdict = BundleVerifier(try LineageBundle([])).verified()
        #expect(!verdict.valid && verdict.faults.map(\.place).sorted() == ["ablation", "bundle"])
    }

    private func expect(_ bundle: LineageBundle, _ change: Tampering) {
        let verdict = BundleVerifier(bundle).verified()
        #expect(!verdict.valid, "\(change.name)")
        #expect(
            verdict.faults.contains { $0.check == change.check && $0.place == change.place },
            "\(change.name): \(verdict.faults)")
    }
}
