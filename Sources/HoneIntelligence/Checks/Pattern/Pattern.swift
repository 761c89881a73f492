public import HoneCore

/// A regular expression that is matched in time linear in the text, so that no publisher can stall a service with
/// `(a+)+$`: a set of states walks the text once (Thompson, CACM 11(6), 1968).
///
/// The usual syntax: classes, groups, alternatives, greedy and lazy repetition, `^ $ \b \B \A \z`, `\d \w \s \p{…}`,
/// and the flags i, m, s. Back-references and look-around cannot be matched this way and are refused. `$` also matches
/// before a final line break. Only the first 65,536 characters of a text are searched.
public struct Pattern: Sendable {
    static let longestText = 65_536

    private let program: PatternProgram

    /// Throws what is wrong with the pattern.
    public init(_ source: String) throws(InvalidValue) {
        do throws(PatternFault) {
            var parser = PatternParser(source)
            program = try PatternProgram(try parser.parse())
        } catch {
            throw InvalidValue(
                path: "", found: "\"\(source.prefix(60))\"", expected: "a regular expression (\(error.reason))")
        }
    }

    /// Whether it matches somewhere in `text`.
    public func matches(_ text: String) -> Bool {
        PatternMatch(program, in: Array(text.unicodeScalars.prefix(Self.longestText))).isFound
    }
}

/// Why a pattern is refused.
struct PatternFault: Error {
    let reason: String
}
