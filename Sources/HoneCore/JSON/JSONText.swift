import Foundation

/// JSON inside what a model wrote.
public enum JSONText {
    /// The text as one JSON document, also when it is wrapped in a Markdown fence; nil when it is none.
    public static func document(in text: String) -> JSONValue? {
        parse(unfenced(text))
    }

    /// The JSON objects in a text that may have prose around them, in their order; those inside of others are left out,
    /// and so is what comes after sixteen braces that open nothing.
    public static func objects(in text: String) -> [JSONValue] {
        if let document = document(in: text), document.object != nil { return [document] }
        let bytes = Array(text.utf8)
        var objects: [JSONValue] = []
        var (place, vain) = (0, 0)
        while vain < 16, let start = bytes[place...].firstIndex(of: UInt8(ascii: "{")) {
            if let end = endOfObject(in: bytes, from: start),
                let object = parse(String(decoding: bytes[start..<end], as: UTF8.self))
            {
                objects.append(object)
                place = end
            } else {
                vain += 1
                place = start + 1
            }
        }
        return objects
    }

    public static func text(of value: JSONValue) -> String {
        (try? WireFormat.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    private static func parse(_ text: String) -> JSONValue? {
        try? WireFormat.decode(JSONValue.self, from: Data(text.utf8))
    }

    private static func unfenced(_ text: String) -> String {
        let text = text.trimmed
        guard text.hasPrefix("```"), text.hasSuffix("```"), text.count > 6,
            let firstLine = text.firstIndex(where: \.isNewline)
        else { return text }
        return String(text[firstLine...].dropLast(3)).trimmed
    }

    private static func endOfObject(in bytes: [UInt8], from start: Int) -> Int? {
        var depth = 0, isInString = false, index = start
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\\") where isInString: index += 1
            case UInt8(ascii: "\""): isInString.toggle()
            case UInt8(ascii: "{") where !isInString: depth += 1
            case UInt8(ascii: "}") where !isInString:
                depth -= 1
                if depth == 0 { return index + 1 }
            default: break
            }
            index += 1
        }
        return nil
    }
}

extension JSONValue {
    /// Equal as JSON Schema understands it: 1 and 1.0 are the same number.
    public func isSameJSON(as other: JSONValue) -> Bool { normalized == other.normalized }

    /// Whole numbers as integers, all the way down.
    public var normalized: JSONValue {
        switch self {
        case .number(let number): Int64(exactly: number).map(JSONValue.integer) ?? self
        case .array(let elements): .array(elements.map(\.normalized))
        case .object(let members): .object(members.mapValues(\.normalized))
        case .null, .bool, .integer, .string: self
        }
    }
}
