import Stencil

/// A template's text in pieces, refused where Stencil could not be held to its bounds with them.
///
/// Templates may use `{{ … }}`, `for`, `if`, `ifnot`, `break`, `continue` and `filter`; there are no files to include and no
/// clock to read.
struct TemplateTokens {
    private static let mostBytes = 262_144
    private static let mostMarks = 2_000
    private static let mostWords = 100
    private static let deepest = 32
    private static let opening: Set<String> = ["for", "if", "ifnot", "filter"]
    private static let closing: Set<String> = ["endfor", "endif", "endfilter"]
    private static let between: Set<String> = ["else", "elif", "empty", "break", "continue"]

    let tokens: [Token]

    init(_ text: String) throws {
        guard text.utf8.count <= Self.mostBytes else {
            throw TemplateSyntaxError("a text with template marks has at most \(Self.mostBytes) bytes")
        }
        // Before it is cut into pieces: that takes the square of the number of marks that are opened.
        guard text.matches(of: /\{[{%#]/).count <= Self.mostMarks else {
            throw TemplateSyntaxError("a template has at most \(Self.mostMarks) marks")
        }
        tokens = Template(templateString: text, environment: Environment()).tokens
        let marks = tokens.filter { $0.kind != .text }
        var depth = 0
        for token in marks where token.kind != .comment {
            try Self.check(token)
            depth += Self.step(token)
            if depth > Self.deepest { throw Self.fault("blocks nest at most \(Self.deepest) deep", token) }
        }
    }

    /// The same with every `{{ … }}` as a tag of ours that renders nothing less than what was named.
    var strict: [Token] {
        tokens.map { token in
            guard token.kind == .variable else { return token }
            return .block(value: "\(PromptTags.say) \(token.contents)", at: token.sourceMap)
        }
    }

    private static func step(_ token: Token) -> Int {
        guard token.kind == .block, let word = token.components.first else { return 0 }
        return opening.contains(word) ? 1 : closing.contains(word) ? -1 : 0
    }

    private static func check(_ token: Token) throws {
        let words = token.components
        guard words.count <= mostWords else { throw fault("a mark has at most \(mostWords) words", token) }
        guard token.kind == .block else { return try refuseRange(words, token) }
        guard let tag = words.first else { throw fault("a tag without a name", token) }
        guard opening.contains(tag) || closing.contains(tag) || between.contains(tag) else {
            throw fault("Unknown template tag '\(tag)'", token)
        }
        try refuseRange(tag == "for" ? Array(words.dropFirst(4)) : words, token)
    }

    /// Stencil writes ranges out in memory; only loops of ours can be trusted with them.
    private static func refuseRange(_ words: [String], _ token: Token) throws {
        guard words.contains(where: { QuotedText.removed(from: $0).contains("...") }) else { return }
        throw fault("a range stands only after the in of a loop", token)
    }

    private static func fault(_ reason: String, _ token: Token) -> TemplateSyntaxError {
        TemplateSyntaxError(reason: reason, token: token)
    }
}

/// Texts that an expression writes out.
enum QuotedText {
    static func removed(from expression: String) -> String {
        expression.replacing(/"[^"]*"|'[^']*'/, with: "")
    }
}
