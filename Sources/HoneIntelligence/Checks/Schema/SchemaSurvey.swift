import HoneCore

/// Walks a schema once, before it is used: refuses what is unsound and prepares its patterns.
struct SchemaSurvey {
    static let holdOne: Set = [
        "additionalProperties", "propertyNames", "items", "contains", "not", "if", "then", "else",
    ]
    static let holdList: Set = ["anyOf", "allOf", "oneOf", "prefixItems"]
    static let holdMap: Set = ["properties", "patternProperties", "$defs", "definitions"]
    static let types: Set = ["null", "boolean", "integer", "number", "string", "array", "object"]

    let root: JSONValue
    private(set) var patterns: [String: Pattern] = [:]
    private var followed: Set<String> = []

    init(root: JSONValue) {
        self.root = root
    }

    mutating func visit(_ schema: JSONValue, at path: String) throws(InvalidValue) {
        if case .bool = schema { return }
        guard let members = schema.object else {
            throw InvalidValue(path: path, found: InvalidValue.summary(of: schema), expected: "a JSON Schema")
        }
        for (key, value) in members.sorted(by: { $0.key < $1.key }) {
            try visit(keyword: key, value, at: path.isEmpty ? key : "\(path).\(key)")
        }
    }

    private mutating func visit(keyword: String, _ value: JSONValue, at path: String) throws(InvalidValue) {
        switch keyword {
        case _ where Self.holdOne.contains(keyword): try visit(value, at: path)
        case _ where Self.holdList.contains(keyword):
            for (index, schema) in try list(value, at: path).enumerated() { try visit(schema, at: "\(path)[\(index)]") }
        case _ where Self.holdMap.contains(keyword): try visit(map: value, of: keyword, at: path)
        case "pattern": try prepare(value.string, at: path)
        case "type": try visit(type: value, at: path)
        case "$ref": try follow(value.string ?? "", at: path)
        default: break
        }
    }

    private mutating func visit(map: JSONValue, of keyword: String, at path: String) throws(InvalidValue) {
        guard let members = map.object else {
            throw InvalidValue(path: path, found: InvalidValue.summary(of: map), expected: "an object of schemas")
        }
        for (name, schema) in members.sorted(by: { $0.key < $1.key }) {
            if keyword == "patternProperties" { try prepare(name, at: path) }
            try visit(schema, at: "\(path).\(name)")
        }
    }

    private func visit(type: JSONValue, at path: String) throws(InvalidValue) {
        let names = type.array ?? [type]
        guard !names.isEmpty, names.allSatisfy({ $0.string.map(Self.types.contains) ?? false }) else {
            throw InvalidValue(path: path, found: InvalidValue.summary(of: type), expected: "the name of a JSON type")
        }
    }

    private mutating func follow(_ reference: String, at path: String) throws(InvalidValue) {
        guard let target = JSONSchema.resolve(reference, in: root) else {
            throw InvalidValue(path: path, found: "\"\(reference)\"", expected: "a reference inside this schema")
        }
        if followed.insert(reference).inserted { try visit(target, at: path) }
    }

    private mutating func prepare(_ source: String?, at path: String) throws(InvalidValue) {
        guard let source else { throw InvalidValue(path: path, found: "no text", expected: "a regular expression") }
        guard patterns[source] == nil else { return }
        do throws(InvalidValue) {
            patterns[source] = try Pattern(source)
        } catch {
            throw InvalidValue(path: path, found: error.found, expected: error.expected)
        }
    }

    private func list(_ value: JSONValue, at path: String) throws(InvalidValue) -> [JSONValue] {
        guard let list = value.array, !list.isEmpty else {
            throw InvalidValue(path: path, found: InvalidValue.summary(of: value), expected: "an array of schemas")
        }
        return list
    }
}
