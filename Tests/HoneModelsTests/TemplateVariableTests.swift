import HoneCore
import HoneModels
import Testing

@Suite("Names in templates")
struct TemplateVariableTests {
    @Test(
        "a name that a template is not given is a fault with its line",
        arguments: [
            ("{{ inptu }}", 1), ("fine\n{{ input }}\n{{ name.first }}", 3), ("{% if urgent %}now{% endif %}", 1),
            ("{% for x in items %}{{ x }}{% endfor %}", 1), ("{{ x }}", 1),
        ])
    func strays(text: String, line: Int) throws {
        let fault = #expect(throws: PromptFault.self) {
            try PromptRenderer().validate(PromptTemplate(user: text))
        }
        #expect(
            fault?.part == "user" && fault?.line == line && fault?.reason.contains("a template is given input") == true)
    }

    @Test(
        "what is given, made by a loop, or written out is fine",
        arguments: [
            "{{ input }}", "{{ input.text|uppercase }}",
            "{% for x in input.list %}{{ x }}{{ forloop.counter }}{% endfor %}",
            "{% if input.a and not input.b or input.c == \"yes\" %}{{ \"text\" }}{% endif %}", "{# note #}", "no marks",
        ])
    func fine(text: String) throws {
        try PromptRenderer().validate(PromptTemplate(user: text))
    }
}
