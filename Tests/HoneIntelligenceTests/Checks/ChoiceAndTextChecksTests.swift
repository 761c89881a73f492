import HoneCore
import HoneIntelligence
import Testing

@Suite("checks of words and texts")
struct ChoiceAndTextChecksTests {
    @Test(
        "a choice is right when the first word is the label, whatever its case and punctuation",
        arguments: ["positive", " Positive.", "**POSITIVE**, because it shines", "\"positive\"\nIndeed", "- positive"])
    func rightChoice(output: String) {
        let result = Expectation.choice("positive").check(output)
        #expect(result.passed)
        #expect(result.accuracy == 1)
    }

    @Test(
        "a choice is wrong when another word comes first",
        arguments: ["", "negative", "It is positive", "positively", "positive/negative", "..."])
    func wrongChoice(output: String) {
        let result = Expectation.choice("positive").check(output)
        #expect(!result.passed)
        #expect(result.accuracy == 0)
    }

    @Test("a label's own signs count")
    func signs() {
        #expect(Expectation.choice("C++").check("C++.").passed)
        #expect(!Expectation.choice("C++").check("C").passed)
    }

    @Test("a label of two words is compared with two words")
    func phrase() {
        #expect(Expectation.choice("not sure").check("Not sure, sorry").passed)
        #expect(!Expectation.choice("not sure").check("Not at all").passed)
    }

    @Test("contains gives the share of texts found, ignoring case, and passes from one half on")
    func contains() {
        let half = Expectation.contains(["Paris", "Seine"]).check("PARIS is lovely")
        #expect(half.accuracy == 0.5)
        #expect(half.passed)
        #expect(half.detail.contains("Seine"))
        let third = Expectation.contains(["a1", "b2", "c3"]).check("only A1")
        #expect(isClose(third.accuracy, 1.0 / 3))
        #expect(!third.passed)
        #expect(Expectation.contains([]).check("").passed)
    }

    @Test("equal texts may differ in surrounding blanks only")
    func equalTexts() {
        #expect(Expectation.equals("42 apples").check("  42 apples\n").passed)
        #expect(!Expectation.equals("42 apples").check("42 Apples").passed)
    }

    @Test("equal JSON may differ in layout, order of keys, fence and writing of numbers")
    func equalJSON() {
        let expectation = Expectation.equals(["a": 1, "b": [true, nil]])
        #expect(expectation.check("```json\n{\"b\": [true, null], \"a\": 1.0}\n```").passed)
        #expect(expectation.check(["a": 1.0, "b": [true, nil]] as JSONValue).passed)
        #expect(!expectation.check("{\"a\": 2, \"b\": [true, null]}").passed)
        #expect(!expectation.check("a = 1").passed)
    }
}
