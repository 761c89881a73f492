import Stencil

/// `{{ … }}`: fills a value in, and refuses to fill in what is not there.
struct SayNode: NodeType {
    let token: Token?
    private let value: VariableNode
    /// The name alone, without its filters; nil where a filter gives a default.
    private let name: String?
    private let condition: (any Expression)?
    private let otherwise: VariableNode?
    private let allowance: RenderingAllowance

    init(_ parser: TokenParser, _ token: Token, _ allowance: RenderingAllowance) throws {
        var words = Array(token.components.dropFirst())
        guard !words.isEmpty else { throw TemplateSyntaxError(reason: "Missing variable name", token: token) }
        var (condition, otherwise): ((any Expression)?, VariableNode?)
        if words.count > 2, words[1] == "if" {
            let rest = words[2...].split(separator: "else", maxSplits: 1)
            condition = try parser.compileExpression(components: Array(rest.first ?? []), token: token)
            if rest.count > 1 { otherwise = try Self.value(Array(rest[1]), parser, token) }
            words = [words[0]]
        }
        self.token = token
        self.condition = condition
        self.otherwise = otherwise
        self.allowance = allowance
        value = try Self.value(words, parser, token)
        name = Self.name(words)
    }

    func render(_ context: Context) throws -> String {
        try allowance.take()
        if let condition, try !condition.evaluate(context: context) {
            return try allowance.take(otherwise?.render(context) ?? "")
        }
        if let name { try MissingValue.check(name, context) }
        return try allowance.take(value.render(context))
    }

    private static func value(_ words: [String], _ parser: TokenParser, _ token: Token) throws -> VariableNode {
        if words.count > 1, let expression = try? parser.compileExpression(components: words, token: token) {
            return VariableNode(variable: expression, token: token)
        }
        let filter = words.joined(separator: " ")
        return VariableNode(variable: try parser.compileFilter(filter, containedIn: token), token: token)
    }

    private static func name(_ words: [String]) -> String? {
        let parts = QuotedText.removed(from: words.joined()).split(separator: "|")
        guard let name = parts.first, TemplateVariables.root(of: String(name)) != nil else { return nil }
        let isOptional = parts.dropFirst().contains { $0.hasPrefix("default:") }
        let isComparison = words.count > 1 && !words.contains("|")
        return isOptional || isComparison ? nil : String(name)
    }
}

/// A name that leads nowhere.
enum MissingValue {
    /// Throws where nothing is called `name`, and says what there is.
    static func check(_ name: String, _ context: Context) throws {
        guard try Variable(name).resolve(context) == nil else { return }
        throw TemplateSyntaxError("nothing is called \(name)\(hint(name, context))")
    }

    /// Of the part of the name that does lead somewhere.
    private static func hint(_ name: String, _ context: Context) -> String {
        var known = name
        while let dot = known.lastIndex(of: ".") {
            known = String(known[..<dot])
            if let value = try? Variable(known).resolve(context) { return "; \(known) \(description(of: value))" }
        }
        return ""
    }

    private static func description(of value: Any) -> String {
        switch value {
        case let object as TemplateObject:
            object.members.isEmpty
                ? "has no members" : "has " + object.members.keys.sorted().prefix(20).joined(separator: ", ")
        case let words as TemplateLabels: "has " + words.names.joined(separator: ", ")
        case let list as [Any]: "is a list of \(list.count)"
        case is String: "is a text"
        case is Bool: "is true or false"
        default: "is a number"
        }
    }
}
