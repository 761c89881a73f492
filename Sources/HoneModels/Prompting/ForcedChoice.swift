import Foundation
import HoneCore

// A choice is forced by a JSON Schema. Servers that constrain the tokens themselves take an enumeration of texts, which is as
// near to the plain word as JSON can be; OpenAI's own and tools want an object around it.

extension ResponseFormat {
    /// The name of the schema, and of the member that holds the choice.
    static let choiceName = "answer"

    static func choiceText(among options: [String]) -> JSONValue {
        ["type": "string", "enum": .array(options.map { .string($0) })]
    }

    static func choiceObject(among options: [String]) -> JSONValue {
        [
            "type": "object", "properties": .object([choiceName: choiceText(among: options)]),
            "required": [.string(choiceName)], "additionalProperties": false,
        ]
    }

    /// The plain text of a forced choice; what is not one is told as it came.
    static func choice(in text: String) -> String {
        guard let value = try? WireFormat.decode(JSONValue.self, from: Data(text.utf8)) else { return text }
        return value.string ?? value[choiceName]?.string ?? text
    }
}
