import Foundation
import HoneCore
import Stencil

/// A task's input as a template sees it: data, whatever it looks like.
enum TemplateInput {
    /// Texts, numbers and truth values as they are; a list as a list; an object with its members by name, and
    /// as JSON where used whole.
    static func value(of json: JSONValue) -> Any {
        switch json {
        case .null: ""
        case .bool(let flag): flag
        case .integer(let integer): Int(clamping: integer)
        case .number(let number): number
        case .string(let text): text
        case .array(let elements): elements.map(value)
        case .object(let members): TemplateObject(members: members)
        }
    }
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

/// Stands for any input while a template is checked: every member exists.
struct DummyInput: DynamicMemberLookup, CustomStringConvertible {
    let description = "input"

    subscript(dynamicMember member: String) -> Any? { DummyInput() }
}
