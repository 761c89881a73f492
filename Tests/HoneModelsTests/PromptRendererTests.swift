import HoneCore
import HoneModels
import Testing

@Suite("Prompts")
struct PromptRendererTests {
    private let renderer = PromptRenderer()

    private func user(_ template: String, _ input: JSONValue) throws -> String? {
        try renderer.messages(for: PromptTemplate(user: template), input: input).last?.text
    }

    @Test("system text, demonstrations as turns, then the input")
    func turns() throws {
        let template = PromptTemplate(
            system: "You judge {{ input }}.", user: "Review: {{ input }}",
            demonstrations: [
                Demonstration(user: "fine {{ x }}", assistant: "good"), .init(user: "meh", assistant: "bad"),
            ])
        #expect(
            try renderer.messages(for: template, input: "great") == [
                .system("You judge great."), .user("fine {{ x }}"), .assistant("good"), .user("meh"),
                .assistant("bad"), .user("Review: great"),
            ])
    }

    @Test("an object's members have names, and the whole of it is JSON")
    func objects() throws {
        let input: JSONValue = ["text": "a <b> & \"c\"", "count": 3, "deep": ["list": ["x", "y"]]]
        #expect(try user("{{ input.text }} × {{ input.count }}", input) == "a <b> & \"c\" × 3")
        #expect(try user("{{ input.deep.list.1 }}", input) == "y")
        #expect(try user("{% for each in input.deep.list %}[{{ each }}]{% endfor %}", input) == "[x][y]")
        #expect(try user("{{ input.deep }}", input) == #"{"list":["x","y"]}"#)
        #expect(try user("{{ input }}", ["b": 1, "a": nil]) == #"{"a":null,"b":1}"#)
        #expect(try user("{% if input.count > 2 %}many{% endif %}", input) == "many")
    }

    @Test("input is data: template marks in it stay, nothing is escaped")
    func dataStaysData() throws {
        let attack: JSONValue = "{{ input }} {% for x in y %} <script> {# c #}"
        #expect(try user("{{ input }}", attack) == attack.string)
    }

    @Test("a template without marks is taken as it is")
    func plain() throws {
        #expect(try user("say }} hello", "x") == "say }} hello")
    }

    @Test("a syntax error names the part and the line")
    func syntaxErrors() throws {
        let template = PromptTemplate(system: "fine", user: "one\ntwo {% if %}\n")
        let fault = try #require(throws: PromptFault.self) { try renderer.validate(template) }
        #expect(fault.part == "user")
        #expect(fault.line == 2)
        #expect(fault.description.hasPrefix("user, line 2: "))
        let filter = try #require(throws: PromptFault.self) {
            try renderer.validate(PromptTemplate(system: "{{ input|shout }}"))
        }
        #expect(filter.part == "system")
        #expect(filter.line == 1)
    }

    @Test("templates cannot read files")
    func noIncludes() throws {
        #expect(throws: PromptFault.self) {
            try renderer.validate(PromptTemplate(user: #"{% include "/etc/passwd" %}"#))
        }
    }

    @Test("validation finds nothing wrong with any member of the input")
    func validation() throws {
        try renderer.validate(
            PromptTemplate(user: "{{ input.a.b }}{% for x in input.list %}{{ x }}{% endfor %}{{ input|uppercase }}"))
    }

    @Test("many tasks render at the same time, through a small cache")
    func concurrency() async throws {
        let renderer = PromptRenderer(capacity: 2)
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 1...200 {
                group.addTask {
                    let template = PromptTemplate(user: "\(number % 5): {{ input.n }}")
                    let messages = try renderer.messages(for: template, input: ["n": .integer(Int64(number))])
                    return messages == [.user("\(number % 5): \(number)")]
                }
            }
            for try await isRight in group { #expect(isRight) }
        }
    }
}
