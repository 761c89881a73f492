import Foundation
import HoneCore
import Stencil

/// A task's input as a template sees it: data, whatever it looks like.
enum TemplateInput {
    /// Texts, numbers and truth values as they are; a list as a list; an object with its members by name, and
    /// as JSON where used whole.
    static func value(of json: JSONValue) -> Any {
        switch json {
        case .null, .string(""): EmptyValue(content: "")
        case .array([]): EmptyValue(content: [Any]())
        case .bool(let flag): flag
        case .integer(let integer): Int(clamping: integer)
        case .number(let number): number
        case .string(let text): text
        case .array(let elements): elements.map(value)
        case .object(let members): TemplateObject(members: members)
        }
    }
}

/// An empty text or list. Stencil traps when asked for the last of nothing, so it is kept from looking into it.
struct EmptyValue: Resolvable, DynamicMemberLookup, CustomStringConvertible {
    let content: Any

    var description: String { content is String ? "" : "[]" }

    func resolve(_ context: Context) -> Any? { content }

    subscript(dynamicMember member: String) -> Any? { member == "count" ? 0 : nil }
}

/// An object whose members a template can name.
struct TemplateObject: DynamicMemberLookup, CustomStringConvertible {
    let members: [String: JSONValue]

    subscript(dynamicMember member: String) -> Any? {
        members[member].map(TemplateInput.value)
    }

    /// JSON with sorted keys.
    var description: String {
        (try? WireFormat.encode(members)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }
}

/// The words of a template's answers: `good, bad` where used whole, `good or bad` as `labels.or`, one by its label
/// (`labels.positive`), all of them in a loop.
struct TemplateLabels: DynamicMemberLookup, CustomStringConvertible {
    private let known: LabelWords

    init(_ known: LabelWords) { self.known = known }

    var words: [String] { known.words }
    var names: [String] { known.pairs.map(\.label) + ["or", "count"] }
    var description: String { words.joined(separator: ", ") }

    subscript(dynamicMember member: String) -> Any? {
        if let word = known.word(for: member) { return word }
        switch member {
        case "or":
            return [words.dropLast().joined(separator: ", "), words.last ?? ""].filter { !$0.isEmpty }
                .joined(separator: " or ")
        case "count": return words.count
        default: return nil
        }
    }
}

/// Stands for any input while a template is checked: every member exists.
struct DummyInput: DynamicMemberLookup, CustomStringConvertible {
    let description = "input"

    subscript(dynamicMember member: String) -> Any? { DummyInput() }
}
