import Stencil

/// Compiled templates by their text. Stencil's objects are not for several threads; the owner's lock sees to that.
struct TemplateCache {
    private let capacity: Int
    private let allowance = RenderingAllowance()
    private let environment: Environment
    private var templates: [String: [any NodeType]] = [:]
    private var names: [String: Set<String>] = [:]

    init(capacity: Int) {
        self.capacity = max(1, capacity)
        environment = Environment(extensions: [PromptTags(allowance)])
    }

    mutating func render(_ text: String, with variables: [String: Any]) throws -> String {
        let nodes = try compile(text)
        allowance.renew()
        return try renderNodes(nodes, Context(dictionary: variables, environment: environment))
    }

    /// What a text takes from outside.
    mutating func names(in text: String) -> Set<String> {
        if let known = names[text] { return known }
        let found = Set(TemplateVariables.used(in: text).map(\.name))
        if names.count >= capacity { names.removeAll(keepingCapacity: true) }
        names[text] = found
        return found
    }

    private mutating func compile(_ text: String) throws -> [any NodeType] {
        if let known = templates[text] { return known }
        let tokens = try TemplateTokens(text).strict
        let nodes = try TokenParser(tokens: tokens, environment: environment).parse()
        if templates.count >= capacity { templates.removeAll(keepingCapacity: true) }
        templates[text] = nodes
        return nodes
    }
}
