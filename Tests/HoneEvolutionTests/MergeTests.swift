import HoneCore
import Testing

@testable import HoneEvolution

@Suite("merging")
struct MergeTests {
    static func genome(_ system: String, _ shown: [String] = []) -> Genome {
        Genome(
            template: PromptTemplate(
                system: system, demonstrations: shown.map { Demonstration(user: $0, assistant: "a") }))
    }

    static func merged(_ base: Genome, _ children: [Genome]) -> (Genome, [Bool]) {
        var merge = ThreeWayMerge(of: base)
        let taken = children.map { merge.take($0) }
        return (merge.genome, taken)
    }

    @Test("sentences that several added stand together, once each")
    func additions() {
        let (joined, taken) = Self.merged(
            Self.genome("One. Two."),
            [Self.genome("One. Two. Three."), Self.genome("One. Two. Four. Three."), Self.genome("One. Two.")])
        #expect(joined.template.system == "One. Two. Three. Four. " && taken == [true, true, true])
    }

    @Test("a sentence that one left out is gone, and what another added stays")
    func removals() {
        let (joined, _) = Self.merged(
            Self.genome("One. Two. Three."), [Self.genome("One. Three."), Self.genome("One. Two. Three. Four.")])
        #expect(joined.template.system == "One. Three. Four.")
    }

    @Test("of two new texts the first is taken, and the other is told")
    func rewrites() {
        let (joined, taken) = Self.merged(
            Self.genome("One. Two."), [Self.genome("New. Text."), Self.genome("Other. Words.")])
        #expect(joined.template.system == "New. Text." && taken == [true, false])
    }

    @Test("added examples add up; changed ones contradict")
    func demonstrations() {
        let base = Self.genome("One.", ["a"])
        let (joined, _) = Self.merged(base, [Self.genome("One.", ["a", "b"]), Self.genome("One.", ["a", "c"])])
        #expect(joined.template.demonstrations.map(\.user) == ["a", "b", "c"])
        let (_, taken) = Self.merged(base, [Self.genome("One.", ["a", "b"]), Self.genome("One.", ["c"])])
        #expect(taken == [true, false])
    }

    @Test("a child that contradicts in one gene leaves nothing behind in others")
    func whole() {
        var child = Self.genome("Other. Words.")
        child.template.user = "Q: {{ input }}"
        let (joined, taken) = Self.merged(Self.genome("One. Two."), [Self.genome("New. Text."), child])
        #expect(taken == [true, false] && joined.template.user == "{{ input }}")
        var merge = ThreeWayMerge(of: Self.genome("One. Two."))
        merge.takeWhatFits(of: Self.genome("New. Text."))
        merge.takeWhatFits(of: child)
        #expect(merge.genome.template.user == "Q: {{ input }}" && merge.genome.template.system == "New. Text.")
    }

    @Test("merging what nobody changed gives the base", arguments: ["", "One.", "A.\nB.\n\nC"])
    func identity(text: String) {
        let base = Self.genome(text)
        #expect(Self.merged(base, [base, base]).0 == base)
    }
}
