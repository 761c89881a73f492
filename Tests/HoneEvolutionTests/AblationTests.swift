import Foundation
import HoneCore
import HoneEvolution
import Testing

@Suite("Ablation")
struct AblationTests {
    private static let template = PromptTemplate(
        system: "You judge reviews.\n\nBe brief.\nVery brief.\n\n\nSay {{ labels.or }}.",
        demonstrations: [Demonstration(user: "fine", assistant: "a"), Demonstration(user: "poor", assistant: "b")],
        labels: ["a": "good"], answer: .choices(["a", "b"]))

    @Test("every part is left out once, and everything else stays")
    func variants() throws {
        let all = Self.template.ablations
        #expect(
            all.map { "\($0.part)" } == [
                "paragraph 1", "paragraph 2", "paragraph 3", "demonstration 1", "demonstration 2", "labels", "answer",
            ])
        #expect(all[1].text == "Be brief.\nVery brief.")
        #expect(all[1].without.system == "You judge reviews.\n\nSay {{ labels.or }}.")
        #expect(all[3].without.demonstrations == [Demonstration(user: "poor", assistant: "b")])
        #expect(all[5].without.labels == nil && all[6].without.answer == nil && all[6].without.labels == ["a": "good"])
        #expect(all.allSatisfy { $0.without != Self.template })
        #expect(Set(all.map(\.without)).count == all.count)
    }

    @Test("what the rest cannot do without is not left out")
    func needed() {
        var template = Self.template
        template.answer = nil
        // Without its label words nothing is called labels, and the text would not render.
        #expect(!template.ablations.contains { $0.part == .labels })
        #expect(PromptTemplate().ablations.isEmpty)
        #expect(PromptTemplate(system: "One paragraph.").ablations.map(\.without.system) == [nil])
    }

    @Test("a block of a template is one paragraph, however many blank lines it has")
    func blocks() {
        let text = "First.\n\n{% for x in input.list %}\n\n{{ x }}\n\n{% endfor %}\n\nLast."
        #expect(PromptTemplate(system: text).ablations.map(\.text).count == 3)
    }

    @Test("a part is worth what is lost without it, and that is proved only by enough cases")
    func worth() throws {
        let ids = (0..<60).map { "case-\($0)" }
        let whole = Dictionary(uniqueKeysWithValues: ids.map { ($0, 1.0) })
        let half = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0 % 2 == 0 ? 1.0 : 0) })
        let few = half.filter { ["case-0", "case-1", "case-2"].contains($0.key) }
        let parts: [PromptPart] = [.paragraph(0), .demonstration(1), .labels, .answer]
        let scores = [half, few, whole, [:]]
        let report = AblationReport(whole: whole, variants: zip(parts, scores).map { ($0, "words", $1) })
        #expect(report.parts[0].worth == 0.5 && report.parts[0].isProved)
        #expect(report.parts[1].worth.map { abs($0 - 1.0 / 3) < 1e-12 } == true && !report.parts[1].isProved)
        #expect(report.parts[2].worth == 0 && !report.parts[2].isProved)
        #expect(report.parts[3].worth == nil)
        #expect(report.recomputed == report)
        let read = try JSONDecoder().decode(AblationReport.self, from: JSONEncoder().encode(report))
        #expect(read == report)
        // A part that does harm is proved as well.
        let harm = AblationReport(whole: half, variants: [(.labels, "words", whole)])
        #expect(harm.parts[0].worth == -0.5 && harm.parts[0].isProved)
    }
}
