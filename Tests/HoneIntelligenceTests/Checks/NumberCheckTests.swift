import HoneCore
import HoneIntelligence
import Testing

@Suite("checks of numbers")
struct NumberCheckTests {
    @Test(
        "the first number is read, however it is written",
        arguments: [
            ("42", 42.0), ("The answer is 42, not 43.", 42), ("-3.5 degrees", -3.5), ("\u{2212}3.5", -3.5),
            ("x=-7", -7), ("$1,234,567.89 in all", 1_234_567.89), ("6.02e23 of them", 6.02e23), ("1E-3", 0.001),
            (".5", 0.5), ("3, 4 or 5", 3), ("12,34", 12), ("2em wide", 2), ("GPT-4 says 7", 7), ("v2", 2),
            ("about 50%", 50), ("10-5", 10), ("1.", 1), ("+8", 8), ("(9)", 9), ("1,2345", 1), ("7..9", 7),
        ])
    func reading(output: String, value: Double) {
        #expect(Expectation.number(value: value, tolerance: 0).check(output).passed, "\(output)")
    }

    @Test("a number passes within the tolerance, its bounds included")
    func tolerance() {
        let expectation = Expectation.number(value: 0.3, tolerance: 0.1)
        #expect(expectation.check("0.4").passed)
        #expect(expectation.check("0.2").passed)
        #expect(!expectation.check("0.41").passed)
    }

    @Test("an output without a number fails", arguments: ["", "none", "e5x.", "-", "1e999"])
    func noNumber(output: String) {
        #expect(!Expectation.number(value: 1, tolerance: 1).check(output).passed)
    }
}
