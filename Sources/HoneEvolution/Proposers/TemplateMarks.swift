/// What a template's text computes.
enum TemplateMarks {
    /// `{{ … }}` and `{% … %}`, as they are written.
    static func of(_ text: String) -> [String] {
        text.matches(of: #/\{\{.*?\}\}|\{%.*?%\}/#).map { String($0.output) }
    }
}
