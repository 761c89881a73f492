import Testing

@testable import HoneEvolution

@Suite("A template's tags")
struct TemplateTagsTests {
    @Test("are found as they are written, over several lines too, and comments are none")
    func marks() {
        let tags = TemplateTags("{{ input.shop\n}} {# {{ input }} #} {% for x in input.lines %}{{x}} { {{ open")
        #expect(tags.marks == ["{{ input.shop\n}}", "{% for x in input.lines %}", "{{x}}"])
        #expect(tags.all.count == 3 && tags.inputs == ["input.shop", "input.lines"])
    }
}
