import Stencil

/// The tags and filters that differ from Stencil's: those that name what is missing, and those that know an end.
final class PromptTags: Extension {
    /// Stands for `{{ … }}`. Templates cannot write it: it is none of the tags that ``TemplateTokens`` lets through.
    static let say = "say"
    private static let widest = 100

    init(_ allowance: RenderingAllowance) {
        super.init()
        registerTag(Self.say) { try SayNode($0, $1, allowance) }
        registerTag("for") { try LoopNode($0, $1, allowance) }
        registerFilter("indent") { (value: Any?, arguments: [Any?]) in
            try Self.indent(value, arguments, allowance)
        }
        registerFilter("filter") { (_: Any?) -> Any? in
            throw TemplateSyntaxError("the filter 'filter' takes its name from data, and is left out")
        }
    }

    /// Puts spaces before every line, or before every line but the first.
    private static func indent(_ value: Any?, _ arguments: [Any?], _ allowance: RenderingAllowance) throws -> Any? {
        let width = arguments.first.map { $0 as? Int } ?? 4
        guard arguments.count <= 3, let width, (0...widest).contains(width) else {
            throw TemplateSyntaxError(
                "'indent' takes a width of 0 to \(widest), a character and whether to begin with it")
        }
        let character = arguments.count > 1 ? arguments[1] as? String ?? " " : " "
        let first = arguments.count > 2 && arguments[2] as? Bool == true
        let margin = String(repeating: String(character.prefix(1)), count: width)
        let lines = "\(value ?? "")".split(separator: "\n", omittingEmptySubsequences: false)
        let indented = lines.enumerated().map { index, line in
            line.isEmpty || index == 0 && !first ? String(line) : margin + line
        }
        return try allowance.take(indented.joined(separator: "\n"))
    }
}
