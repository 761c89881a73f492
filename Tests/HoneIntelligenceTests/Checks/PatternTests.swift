import Foundation
import HoneCore
import HoneIntelligence
import Testing

@Suite("patterns")
struct PatternTests {
    @Test(
        "the usual syntax matches where it should",
        arguments: [
            ("abc", "xxabcxx"), ("^abc$", "abc"), ("^abc$", "abc\n"), ("a|b|cd", "zcd"), ("^(?:ab)+$", "ababab"),
            ("^a{2,3}$", "aaa"), ("^a{2,}$", "aaaa"), ("^a{2}$", "aa"), ("colou?r", "color"), ("^.*?b", "aab"),
            ("[a-c_]+", "--b_a--"), ("[^0-9]", "12x"), ("\\d{4}-\\d{2}", "on 2026-11"),
            ("^\\w+\\s\\w+$", "héllo wörld"),
            ("\\bcat\\b", "a cat!"), ("(?i)HELLO", "say hello"), ("(?i:é)", "É"), ("(?<year>\\d+)", "y 1999"),
            ("(?s)a.b", "a\nb"), ("(?m)^b$", "a\nb\nc"), ("\\p{Lu}\\p{Ll}+", "x Anna"), ("[[:digit:]]+", "a1"),
            ("\\x41\\u0042", "AB"), ("[]x]", "]"), ("[a-]", "-"), ("a{,2}", "a{,2}"), ("{", "{"), ("(a*)*b", "aab"),
            ("(|a)+b", "b"), ("", ""), ("\\$\\.", "$."), ("[\\d.]+", "3.1"),
        ])
    func matching(pattern: String, text: String) throws {
        #expect(try Pattern(pattern).matches(text), "\(pattern)")
    }

    @Test(
        "and does not match where it should not",
        arguments: [
            ("^abc$", "abcd"), ("^a{2,3}$", "aaaa"), ("^[^a]$", "a"), ("\\bcat\\b", "concat"), ("a.b", "a\nb"),
            ("^b", "a\nb"), ("(?i:a)b", "AB"), ("((?i)a)b", "aB"), ("\\Aa\\z", "a\n"), ("x", ""), ("^(a|ab)$", "abb"),
        ])
    func notMatching(pattern: String, text: String) throws {
        #expect(try !Pattern(pattern).matches(text), "\(pattern)")
    }

    @Test(
        "what cannot be matched in linear time, or is malformed, is refused with the reason",
        arguments: [
            ("(a)\\1", "back-reference"), ("a(?=b)", "look-ahead"), ("(?<!a)b", "look-behind"), ("(?>a)", "atomic"),
            ("a++", "possessive"), ("(a", "without"), ("a)", "without"), ("[a", "without"), ("*a", "repeat"),
            ("[z-a]", "backwards"), ("a{2000}", "1000"), ("(a{100}){100}", "too long"), ("\\", "end"),
            (String(repeating: "(", count: 5_000), "deeply"),
        ])
    func refusal(pattern: String, reason: String) throws {
        let fault = try #require(throws: InvalidValue.self) { try Pattern(pattern) }
        #expect(fault.expected.contains(reason))
        #expect(Expectation.regex(pattern).fault?.path == "expected.regex")
        #expect(!Expectation.regex(pattern).check("a").passed)
    }

    @Test("patterns that stall a backtracking engine are done in no time", .timeLimit(.minutes(1)))
    func hostilePatterns() throws {
        let text = String(repeating: "a", count: 20_000) + "!"
        for pattern in ["^(a+)+$", "^(a|aa)+$", "^(a*)*b$", "(.*)(.*)(.*)(.*)x"] {
            #expect(try !Pattern(pattern).matches(text))
        }
    }

    @Test("agrees with the language's own engine on random short patterns")
    func agreement() throws {
        var generator = SeededGenerator(seed: UInt64(11))
        let pieces = ["a", "b", ".", "a*", "b+", "(a|b)", "[ab]", "(ab)?", "^", "$", "[^a]", "(?:ba){1,2}"]
        for _ in 0..<300 {
            let pattern = (0..<Int.random(in: 1...5, using: &generator))
                .map { _ in pieces[Int.random(in: 0..<pieces.count, using: &generator)] }.joined()
            let text = String(
                (0..<Int.random(in: 0...6, using: &generator)).map { _ in
                    Bool.random(using: &generator) ? "a" : "b"
                })
            let expected = try text.firstMatch(of: Regex(pattern)) != nil
            #expect(try Pattern(pattern).matches(text) == expected, "\(pattern) on \(text)")
        }
    }
}
