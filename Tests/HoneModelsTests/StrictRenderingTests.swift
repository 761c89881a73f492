import HoneCore
import HoneModels
import Testing

@Suite("Strict rendering", .timeLimit(.minutes(1)))
struct StrictRenderingTests {
    private let renderer = PromptRenderer()

    private func user(_ template: String, _ input: JSONValue) throws -> String? {
        try renderer.messages(for: PromptTemplate(user: template), input: input).last?.text
    }

    private func fault(_ template: String, _ input: JSONValue) -> PromptFault? {
        #expect(throws: PromptFault.self) { try user(template, input) }
    }

    @Test("a member that the input does not have is a fault that says what there is")
    func missing() throws {
        let input: JSONValue = ["text": "x", "title": "y", "list": [1, 2], "deep": ["a": 1]]
        let wrong = fault("fine\n{{ input.txt }}", input)
        #expect(wrong?.part == "user" && wrong?.line == 2)
        #expect(wrong?.reason == "nothing is called input.txt; input has deep, list, text, title")
        #expect(fault("{{ input.deep.b.c }}", input)?.reason == "nothing is called input.deep.b.c; input.deep has a")
        #expect(
            fault("{{ input.list.7 }}", input)?.reason == "nothing is called input.list.7; input.list is a list of 2")
        #expect(fault("{{ input.text }}", "just text")?.reason == "nothing is called input.text; input is a text")
        #expect(fault("{{ input.txt|uppercase }}", input) != nil)
        #expect(fault("{% for x in input.items %}{{ x }}{% endfor %}", input)?.reason.contains("input.items") == true)
        #expect(
            fault("{% for x in input.list %}{{ x.name }}{% endfor %}", input)?.reason.contains("x is a number") == true)
    }

    @Test("what may be absent says so")
    func optional() throws {
        let input: JSONValue = ["text": "x", "none": nil, "empty": [], "blank": ""]
        #expect(try user("{{ input.txt|default:\"–, –\" }}", input) == "–, –")
        #expect(try user("{% if input.txt %}{{ input.txt }}{% else %}none{% endif %}", input) == "none")
        #expect(try user("{{ input.txt if input.txt else input.text }}", input) == "x")
        #expect(try user("{% for x in input.items %}{{ x }}{% empty %}none{% endfor %}", input) == "none")
        #expect(try user("[{{ input.none }}{{ input.blank }}{% for x in input.empty %}x{% endfor %}]", input) == "[]")
    }

    @Test("loops go through lists, objects and ranges, and know where they are")
    func loops() throws {
        let input: JSONValue = ["list": ["a", "b", "c"], "map": ["x": 1, "y": ["z": 2]], "n": 3]
        #expect(
            try user(
                "{% for x in input.list %}{{ forloop.counter }}{{ x }}{{ \",\" if not forloop.last }}{% endfor %}",
                input)
                == "1a,2b,3c")
        #expect(try user("{% for k, v in input.map %}{{ k }}={{ v }};{% endfor %}", input) == #"x=1;y={"z":2};"#)
        #expect(try user("{% for i in 1...input.n %}{{ i }}{% endfor %}", input) == "123")
        #expect(try user("{% for i in 3...1 %}{{ i }}{% endfor %}", input) == "321")
        #expect(try user("{% for x in input.list where x != \"b\" %}{{ x }}{% endfor %}", input) == "ac")
        #expect(
            try user("{% for x in input.list %}{% if x == \"b\" %}{% break %}{% endif %}{{ x }}{% endfor %}", input)
                == "a")
        #expect(
            try user("{% for x in input.list %}{% if x == \"b\" %}{% continue %}{% endif %}{{ x }}{% endfor %}", input)
                == "ac")
        #expect(fault("{% for x in input.n %}{{ x }}{% endfor %}", input)?.reason == "input.n is no list")
    }

    @Test(
        "a loop that does not end is stopped, before it is paid for and while it runs",
        arguments: [
            "{% for i in 1...1000000000 %}x{% endfor %}", "{% for i in 0...1e30 %}x{% endfor %}",
            "{% for i in -9000000000000000000...9000000000000000000 %}{% endfor %}",
            "{% for a in 1...400 %}{% for b in 1...400 %}{% endfor %}{% endfor %}",
            "{% for a in 1...49999 %}\(String(repeating: "long ", count: 100)){% endfor %}",
            "{% if 1 in 1...1000000000 %}x{% endif %}", "{{ input|indent:1000000000 }}", "{{ input|indent:-1 }}",
        ])
    func bounded(template: String) {
        let clock = ContinuousClock()
        let time = clock.measure {
            let fault = #expect(throws: PromptFault.self) { try renderer.validate(PromptTemplate(user: template)) }
            #expect(fault?.part == "user")
        }
        #expect(time < .seconds(20))
    }

    @Test("an input cannot make a template run without end")
    func boundedByInput() throws {
        let list = JSONValue.array((0..<300).map { .integer($0) })
        #expect(
            fault("{% for a in input %}{% for b in input %}{% endfor %}{% endfor %}", list)?.reason.contains("steps")
                == true)
        #expect(fault("{% for a in 1...input.n %}x{% endfor %}", ["n": 9_000_000_000]) != nil)
        let text = JSONValue.string(String(repeating: "x", count: 1 << 20))
        #expect(fault("{% for a in 1...100 %}{{ input }}{% endfor %}", text)?.reason.contains("bytes") == true)
    }

    @Test("what is empty has no last element, and nobody is hurt by asking")
    func empties() throws {
        for input: JSONValue in [["list": [], "text": ""], ["list": [[]], "text": ""]] {
            #expect(try user("{% if input.list.last %}yes{% else %}no{% endif %}", input) == "no")
            #expect(try user("{{ input.text.last|default:\"none\" }}", input) == "none")
            #expect(try user("{% for x in input.list %}{% if x.last %}!{% endif %}{% endfor %}", input) == "")
        }
        #expect(try user("{% if input %}yes{% else %}no{% endif %}", "") == "no")
    }

    @Test(
        "templates too large or too deep for their reader are refused in words",
        arguments: [
            String(repeating: "{% if input %}", count: 5_000) + String(repeating: "{% endif %}", count: 5_000),
            "{% if " + String(repeating: "not ", count: 100_000) + "input %}x{% endif %}",
            String(repeating: "{{ input }}", count: 20_000), String(repeating: "{% ", count: 80_000),
            String(repeating: "x", count: 300_000) + "{{ input }}",
        ])
    func tooLarge(template: String) throws {
        let fault = #expect(throws: PromptFault.self) { try renderer.validate(PromptTemplate(user: template)) }
        #expect(fault?.part == "user")
    }

    @Test(
        "there is nothing to include and no clock",
        arguments: [
            "{% include \"x\" %}", "{% extends \"x\" %}", "{% now %}", "{% say input %}", "{% block a %}{% endblock %}",
        ])
    func tags(template: String) throws {
        let fault = #expect(throws: PromptFault.self) { try renderer.validate(PromptTemplate(user: template)) }
        #expect(fault?.reason.hasPrefix("Unknown template tag") == true)
    }

    @Test("a template can name the words of its labels, and only where it has some")
    func labels() throws {
        var template = PromptTemplate(
            system: "Say {{ labels.or }}: {{ labels.positive }} is fine.{% for x in labels %} [{{ x }}]{% endfor %}",
            user: "{{ labels }}? {{ input }}", demonstrations: [Demonstration(user: "a", assistant: "Positive")],
            labels: ["positive": "good", "negative": "bad"], answer: .choices(["positive", "negative"]))
        #expect(
            try renderer.messages(for: template, input: "x") == [
                .system("Say good or bad: good is fine. [good] [bad]"), .user("a"), .assistant("good"),
                .user("good, bad? x"),
            ])
        try renderer.validate(template)
        #expect(renderer.variables(in: template) == ["input", "labels"])
        template.system = "{{ labels.neutral }}"
        let missing = #expect(throws: PromptFault.self) { try renderer.validate(template) }
        #expect(missing?.reason == "nothing is called labels.neutral; labels has positive, negative, or, count")
        (template.labels, template.answer) = (nil, nil)
        let none = #expect(throws: PromptFault.self) { try renderer.validate(template) }
        #expect(none?.reason == "nothing is called labels; a template is given input, demonstrations")
    }

    @Test("demonstrations stand in a text where it says so, else they are turns")
    func demonstrations() throws {
        let list = "{% for shown in demonstrations %}{{ shown.user }} → {{ shown.assistant }}; {% endfor %}"
        var template = PromptTemplate(
            system: "Mind the demonstrations.", user: list + "{{ input }}?",
            demonstrations: [.init(user: "fine", assistant: "positive"), .init(user: "poor", assistant: "negative")],
            labels: ["positive": "good"])
        #expect(
            try renderer.messages(for: template, input: "x") == [
                .system("Mind the demonstrations."), .user("fine → good; poor → negative; x?"),
            ])
        try renderer.validate(template)
        template.user = "{{ input }}"
        #expect(try renderer.messages(for: template, input: "x").count == 6)
        (template.user, template.demonstrations) = (list + "{{ input }}?", [])
        #expect(try renderer.messages(for: template, input: "x").last == .user("x?"))
        template.system = "{{ demonstrations.count }} examples"
        #expect(try renderer.messages(for: template, input: "x").first == .system("0 examples"))
    }

    @Test("names are looked for in defaults, conditions and ends of ranges too, and not in what is quoted")
    func names() throws {
        let texts = [
            "{{ input.a|default:fallback }}", "{{ \"x\" if wish else input }}", "{% for i in 1...count %}{% endfor %}",
            "{% for x in input.list where x == other %}{% endfor %}",
        ]
        for text in texts {
            let fault = #expect(throws: PromptFault.self) { try renderer.validate(PromptTemplate(user: text)) }
            #expect(fault?.reason.contains("a template is given input") == true)
        }
        try renderer.validate(PromptTemplate(user: "{{ input.a|default:\"a, b: c|d\" }}{{ 'e f' }}"))
    }
}
