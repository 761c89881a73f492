public import HoneCore
public import Yams

/// YAML documents as JSON ones, by the core schema of YAML 1.2: `yes`, `no`, `on` and dates are texts.
extension JSONValue {
    public init(_ node: Node) {
        switch node {
        case .scalar(let scalar): self.init(scalar)
        case .sequence(let list): self = .array(list.map { JSONValue($0) })
        case .mapping(let mapping):
            let members = mapping.map { ($0.key.scalar?.string ?? "", JSONValue($0.value)) }
            self = .object(Dictionary(members) { _, last in last })
        case .alias: self = .null
        }
    }

    private init(_ scalar: Node.Scalar) {
        switch scalar.style {
        case .any, .plain: self.init(plain: scalar.string)
        case .singleQuoted, .doubleQuoted, .literal, .folded: self = .string(scalar.string)
        }
    }

    private init(plain text: String) {
        switch text {
        case "", "~", "null", "Null", "NULL": self = .null
        case "true", "True", "TRUE": self = .bool(true)
        case "false", "False", "FALSE": self = .bool(false)
        default: self = Self.number(in: text) ?? .string(text)
        }
    }

    private static func number(in text: String) -> JSONValue? {
        guard text.utf8.contains(where: { (48...57).contains($0) }),
            text.utf8.allSatisfy({ (48...57).contains($0) || "+-.eE".utf8.contains($0) })
        else { return nil }
        return Int64(text).map(JSONValue.integer) ?? Double(text).map(JSONValue.number)
    }
}

/// JSON documents as YAML ones that read back as the same.
extension Node {
    public init(_ value: JSONValue) {
        switch value {
        case .null: self = .scalar(.init("null"))
        case .bool(let flag): self = .scalar(.init("\(flag)"))
        case .integer(let integer): self = .scalar(.init("\(integer)"))
        case .number(let number): self = .scalar(.init("\(number)"))
        case .string(let text): self = .scalar(.init(text, .implicit, Self.style(of: text)))
        case .array(let elements):
            let isPlain = elements.allSatisfy { $0.object == nil && $0.array == nil }
            self = .sequence(.init(elements.map { Node($0) }, .implicit, isPlain ? .flow : .block))
        case .object(let members):
            let pairs = members.sorted { FieldOrder.precedes($0.key, $1.key) }
            let nodes = pairs.map { (Node(.string($0.key)), Node($0.value)) }
            self = .mapping(.init(nodes, .implicit, members.isEmpty ? .flow : .block))
        }
    }

    /// Quoted where some reader would take a plain text for something else.
    private static func style(of text: String) -> Scalar.Style {
        if text.contains("\n") { return .literal }
        let isPlain = Resolver.default.resolveTag(of: Node(text)) == .str && JSONValue(Node(text)) == .string(text)
        return isPlain ? .any : .doubleQuoted
    }
}

/// The order in which people write fields; others follow by name.
private enum FieldOrder {
    private static let known = [
        "kind", "id", "category", "nickname", "type", "roles", "lifecycle", "specialization", "description",
        "provider", "base_url", "model", "api_key_env", "system", "user", "assistant", "demonstrations", "input",
        "expected", "split", "control", "cases",
    ]
    private static let places = Dictionary(uniqueKeysWithValues: known.enumerated().map { ($1, $0) })

    static func precedes(_ left: String, _ right: String) -> Bool {
        (places[left] ?? .max, left) < (places[right] ?? .max, right)
    }
}
