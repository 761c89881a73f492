import Foundation
import Stencil

/// The names that a template uses, found without rendering it: what stands in a branch that is not taken counts too.
enum TemplateVariables {
    struct Use: Hashable {
        let name: String
        /// Counted from 1.
        let line: Int
    }

    /// What is used and neither given nor made by a loop of the template. A text that does not parse uses nothing.
    static func undefined(in text: String, given: Set<String>) -> [Use] {
        used(in: text).filter { !given.contains($0.name) }
    }

    /// All names that come from outside of the template.
    static func used(in text: String) -> [Use] {
        let tokens = Template(templateString: text, environment: Environment()).tokens
        let own = Set(tokens.filter { $0.kind == .block }.flatMap(loopVariables)).union(["forloop"])
        return tokens.flatMap { token in
            let line = max(1, Int(token.sourceMap.location.lineNumber))
            return names(in: token).filter { !own.contains($0) }.map { Use(name: $0, line: line) }
        }
    }

    /// `for a, b in pairs` makes `a` and `b`.
    private static func loopVariables(of token: Token) -> [String] {
        let words = token.components
        guard words.first == "for", let end = words.firstIndex(of: "in") else { return [] }
        return words[1..<end].flatMap { $0.split(separator: ",") }.map(String.init)
    }

    private static func names(in token: Token) -> [String] {
        switch token.kind {
        case .variable: token.components.filter { !operators.contains($0) }.flatMap(roots)
        case .block: expressions(in: token.components).flatMap(roots)
        case .text, .comment: []
        }
    }

    private static func expressions(in words: [String]) -> [String] {
        switch words.first {
        case "if", "elif", "ifnot":
            words.dropFirst().filter { !operators.contains($0) }
        case "for":
            words.firstIndex(of: "in").map { words[($0 + 1)...].filter { !operators.contains($0) } } ?? []
        default: []
        }
    }

    private static let operators: Set<String> = [
        "and", "or", "not", "in", "==", "!=", "<", ">", "<=", ">=", "(", ")", "true", "false", "if", "else", "where",
        "|",
    ]

    /// `input` and `fallback` of `input.text|default:fallback`, the ends of a range.
    private static func roots(of expression: String) -> [String] {
        let parts = QuotedText.removed(from: expression).split(separator: "|")
        let arguments = parts.dropFirst().flatMap { filter in
            filter.split(separator: ":").dropFirst().flatMap { $0.split(separator: ",") }
        }
        let ends = (parts.first.map(String.init) ?? "").components(separatedBy: "...")
        return (ends + arguments.map(String.init)).compactMap(root)
    }

    /// `input` of `input.text|upper`; nil for a literal.
    static func root(of expression: String) -> String? {
        let start = expression.drop { $0 == " " || $0 == "(" }
        let name = start.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        guard let first = name.first, first.isLetter || first == "_" else { return nil }
        guard !["true", "false"].contains(name) else { return nil }
        return String(name)
    }
}
