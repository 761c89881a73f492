import HoneCore
import HoneIntelligence
import Testing

@Suite("JSON Schema")
struct JSONSchemaTests {
    static let person: JSONValue = [
        "type": "object",
        "properties": [
            "name": ["type": "string", "minLength": 1], "age": ["type": "integer", "minimum": 0],
            "tags": ["type": "array", "items": ["$ref": "#/$defs/tag"], "uniqueItems": true],
        ],
        "required": ["name"], "additionalProperties": false,
        "$defs": ["tag": ["type": "string", "pattern": "^[a-z]+$"]],
    ]

    @Test("a value that fits has no violations")
    func fitting() throws {
        let schema = try JSONSchema(Self.person)
        #expect(schema.violations(in: ["name": "Ada", "age": 36, "tags": ["math", "engines"]]).isEmpty)
    }

    @Test("each violation names its path, what was found and what was expected")
    func paths() throws {
        let schema = try JSONSchema(Self.person)
        let faults = schema.violations(in: ["age": -1, "tags": ["ok", "No", 3], "extra": nil])
        #expect(faults.map(\.path).sorted() == ["age", "extra", "name", "tags[1]", "tags[2]"])
        let age = try #require(faults.first { $0.path == "age" })
        #expect(age.expected == "at least 0")
        #expect(age.found == "-1")
        #expect(schema.violations(in: ["age": -1, "extra": 1], limit: 2).count == 2)
    }

    @Test(
        "each keyword accepts and rejects as the standard says",
        arguments: [
            (["type": ["string", "null"]], nil, 1), (["type": "integer"], 1.0, 1.5), (["type": "number"], 1, "1"),
            (["enum": [1, "a"]], 1.0, 2), (["const": ["a": 1]], ["a": 1.0], ["a": 2]),
            (["minimum": 2], 2, 1.9), (["maximum": 2], 2, 3), (["exclusiveMinimum": 2], 2.1, 2),
            (["exclusiveMaximum": 2], 1, 2), (["multipleOf": 0.1], 0.3, 0.35), (["multipleOf": 3], 9, 10),
            (["minLength": 2], "🇩🇪", "é"), (["maxLength": 1], "é", "ab"), (["pattern": "b"], "abc", "ac"),
            (["minItems": 1], [1], []), (["maxItems": 1], [1], [1, 2]), (["uniqueItems": true], [1, 2], [1, 1.0]),
            (["prefixItems": [["type": "string"]], "items": false], ["a"], ["a", 1]),
            (["prefixItems": [["type": "string"]], "items": ["type": "integer"]], ["a", 1], ["a", "b"]),
            (["contains": ["type": "string"]], [1, "a"], [1]), (["minContains": 2, "contains": true], [1, 2], [1]),
            (["minProperties": 1], ["a": 1], [:]), (["maxProperties": 1], ["a": 1], ["a": 1, "b": 2]),
            (["required": ["a"]], ["a": nil], ["b": 1]),
            (["additionalProperties": ["type": "string"]], ["a": "b"], ["a": 1]),
            (["patternProperties": ["^x": ["type": "integer"]], "additionalProperties": false], ["x1": 1], ["y": 1]),
            (["propertyNames": ["maxLength": 1]], ["a": 1], ["ab": 1]),
            (["dependentRequired": ["a": ["b"]]], ["a": 1, "b": 1], ["a": 1]),
            (["anyOf": [["type": "string"], ["minimum": 5]]], 5, 4),
            (["allOf": [["minimum": 1], ["maximum": 2]]], 2, 3),
            (["oneOf": [["minimum": 1], ["minimum": 5]]], 2, 6), (["not": ["type": "string"]], 1, "a"),
            (["if": ["type": "string"], "then": ["minLength": 2], "else": ["minimum": 2]], "ab", 1),
            (true, 1, .string("never")), (["$ref": "#/$defs/a", "$defs": ["a": ["type": "null"]]], nil, 0),
        ] as [(JSONValue, JSONValue, JSONValue)])
    func keywords(schema: JSONValue, good: JSONValue, bad: JSONValue) throws {
        let validator = try JSONSchema(schema)
        #expect(validator.accepts(good))
        #expect(schema == true || !validator.accepts(bad))
    }

    @Test("false accepts nothing")
    func falseSchema() throws {
        #expect(try !JSONSchema(false).accepts(1))
    }

    @Test("keywords of another type than the value's, and unknown ones, are ignored")
    func ignored() throws {
        let schema = try JSONSchema(["minimum": 5, "minLength": 9, "format": "email", "x-note": ["pattern": "("]])
        #expect(schema.accepts(nil))
        #expect(schema.accepts([]))
    }

    @Test("a recursive schema follows the value down")
    func recursion() throws {
        let tree: JSONValue = ["type": "object", "properties": ["next": ["$ref": "#"]], "required": ["v"]]
        let schema = try JSONSchema(tree)
        #expect(schema.accepts(["v": 1, "next": ["v": 2, "next": ["v": 3]]]))
        #expect(schema.violations(in: ["v": 1, "next": ["next": ["v": 3]]]).map(\.path) == ["next.v"])
    }

    @Test("a schema that goes round in circles or explodes ends as a violation", .timeLimit(.minutes(1)))
    func circles() throws {
        #expect(try !JSONSchema(["$ref": "#"]).accepts(1))
        #expect(try !JSONSchema(["anyOf": [["$ref": "#"], ["$ref": "#"], ["$ref": "#"]]]).accepts(1))
    }

    @Test(
        "an unsound schema is refused with the place",
        arguments: [
            (["type": "text"], "type"), (["properties": ["a": ["pattern": "("]]], "properties.a.pattern"),
            (["items": 3], "items"), (["$ref": "#/$defs/none"], "$ref"), (["$ref": "https://example.org/s"], "$ref"),
            (["anyOf": []], "anyOf"), ("schema", ""), (["properties": ["$ref", "x"]], "properties"),
        ] as [(JSONValue, String)])
    func unsound(schema: JSONValue, path: String) throws {
        let fault = try #require(throws: InvalidValue.self) { try JSONSchema(schema) }
        #expect(fault.path == path)
        let place = ["expected.json_schema", path].filter { !$0.isEmpty }.joined(separator: ".")
        #expect(Expectation.jsonSchema(schema).fault?.path == place)
    }

    @Test("an output is unwrapped from its fence before it is checked")
    func fence() {
        let expectation = Expectation.jsonSchema(Self.person)
        #expect(expectation.check("```json\n{\"name\": \"Ada\"}\n```").passed)
        #expect(expectation.check("\n{\"name\": \"Ada\"}\n").passed)
        let wrong = expectation.check("```\n{\"name\": \"\"}\n```")
        #expect(!wrong.passed)
        #expect(wrong.detail.hasPrefix("name:"))
        #expect(!expectation.check("Here you are: {").passed)
    }
}
