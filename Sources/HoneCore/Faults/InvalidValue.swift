public import Foundation

/// A value from outside that does not fit: where it is, what was found, what was expected.
public struct InvalidValue: Error, Hashable, Sendable, CustomStringConvertible {
    /// A path from the document's root: `constraints.max_cost`, `expected.contains[2]`; empty for the document itself.
    public var path: String
    public var found: String
    public var expected: String

    public init(path: String, found: String, expected: String) {
        self.path = path
        self.found = found
        self.expected = expected
    }

    public var description: String {
        "\(path.isEmpty ? "the document" : path): expected \(expected), found \(found)"
    }
}

extension InvalidValue {
    /// Explains a decoding error by looking the offending place up in the document.
    public init(_ error: any Error, in data: Data) {
        guard let error = error as? DecodingError else {
            self = error as? InvalidValue ?? InvalidValue(path: "", found: "an unreadable value", expected: "JSON")
            return
        }
        let document = try? JSONDecoder().decode(JSONValue.self, from: data)
        switch error {
        case .keyNotFound(let key, let context):
            self.init(at: context.codingPath + [key], in: document, expected: "a value (required)")
        case .typeMismatch(let type, let context):
            self.init(at: context.codingPath, in: document, expected: Self.name(of: type))
        case .valueNotFound(let type, let context):
            self.init(at: context.codingPath, in: document, expected: Self.name(of: type))
        case .dataCorrupted(let context):
            let expected = context.codingPath.isEmpty && document == nil ? "JSON in UTF-8" : context.debugDescription
            self.init(at: context.codingPath, in: document, expected: expected)
        @unknown default:
            self.init(path: "", found: "an unreadable value", expected: "JSON")
        }
    }

    private static let unreadable = "text that is not JSON"

    /// Whether there is no document at all, rather than one that does not fit.
    public var isUnreadable: Bool { path.isEmpty && found == Self.unreadable }

    private init(at keys: [any CodingKey], in document: JSONValue?, expected: String) {
        var place = document
        for key in keys {
            place = key.intValue.flatMap { place?[$0] } ?? place?[key.stringValue]
        }
        let nothing = document == nil ? Self.unreadable : "nothing"
        self.init(path: Self.path(keys), found: place.map(Self.summary) ?? nothing, expected: expected)
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        keys.reduce(into: "") { path, key in
            if let index = key.intValue {
                path += "[\(index)]"
            } else {
                path += path.isEmpty ? key.stringValue : ".\(key.stringValue)"
            }
        }
    }

    /// Short enough for a log line; long texts and containers are named, not repeated.
    public static func summary(of value: JSONValue) -> String {
        switch value {
        case .null: "null"
        case .bool(let flag): "\(flag)"
        case .integer(let integer): "\(integer)"
        case .number(let number): "\(number)"
        case .string(let text): text.count <= 60 ? "\"\(text)\"" : "a string of \(text.count) characters"
        case .array(let elements): "an array of \(elements.count)"
        case .object: "an object"
        }
    }

    private static func name(of type: any Any.Type) -> String {
        switch type {
        case is String.Type: "a string"
        case is Bool.Type: "true or false"
        case is any BinaryInteger.Type: "an integer"
        case is any BinaryFloatingPoint.Type: "a number"
        case is UUID.Type: "a UUID"
        case is [Any].Type: "an array"
        default: "\(type)".hasPrefix("Array") ? "an array" : "an object"
        }
    }
}
