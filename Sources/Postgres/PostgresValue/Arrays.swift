extension Array: PostgresEncodable where Element: PostgresEncodable {
    public var postgresValue: PostgresValue { Element.postgresValue(of: self) }
}

extension Array: CellDecodable where Element: Decodable {
    static func decode(_ cell: Cell) throws -> [Element] {
        if Element.self == UInt8.self, let bytes = try cell.bytes() as? [Element] { return bytes }
        return try cell.elements().map { try $0.decode(Element.self) }
    }
}

extension Optional: CellDecodable where Wrapped: Decodable {
    static func decode(_ cell: Cell) throws -> Wrapped? {
        cell.isNull ? nil : try cell.decode(Wrapped.self)
    }
}

/// An array literal on its way: `{"a","b",NULL}`. Everything but null and arrays is quoted, which suits every type.
struct ArrayLiteralText {
    private var literal = [UInt8(ascii: "{")]
    private var unsendable: PostgresValue?

    mutating func append(_ value: PostgresValue) {
        if literal.count > 1 { literal.append(UInt8(ascii: ",")) }
        switch value {
        case .null: literal += "NULL".utf8
        case .text(let text): literal.append(quoted: text.utf8)
        case .array(let text): literal += text.utf8
        case .unsendable: unsendable = unsendable ?? value
        }
    }

    /// The whole array; what cannot be sent where it has some of that.
    var value: PostgresValue { unsendable ?? .array(String(decoding: literal + [UInt8(ascii: "}")], as: UTF8.self)) }
}

extension [UInt8] {
    fileprivate mutating func append(quoted text: String.UTF8View) {
        append(UInt8(ascii: "\""))
        if text.contains(where: Self.isSpecial) {
            for byte in text {
                if Self.isSpecial(byte) { append(UInt8(ascii: "\\")) }
                append(byte)
            }
        } else {
            self += text
        }
        append(UInt8(ascii: "\""))
    }

    private static func isSpecial(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") }
}

/// Takes a one-dimensional array literal apart; inner arrays stay literals.
struct ArrayLiteral {
    /// The elements' texts without quotes and escapes, nil for null. Nil as a whole when the text is no array.
    static func elements(of text: Span<UInt8>) -> [[UInt8]?]? {
        guard var index = start(of: text), text[text.count - 1] == UInt8(ascii: "}") else { return nil }
        var elements: [[UInt8]?] = []
        while index < text.count - 1 {
            elements.append(element(of: text, at: &index))
            index += 1  // the comma
        }
        return elements
    }

    /// The place after the opening brace. Bounds other than 1 stand before it: `[0:1]={7,8}`.
    private static func start(of text: Span<UInt8>) -> Int? {
        guard !text.isEmpty else { return nil }
        if text[0] == UInt8(ascii: "{") { return 1 }
        guard text[0] == UInt8(ascii: "[") else { return nil }
        return text.indices.first { text[$0] == UInt8(ascii: "{") }.map { $0 + 1 }
    }

    /// Reads one element and leaves `index` at the comma or brace behind it.
    private static func element(of text: Span<UInt8>, at index: inout Int) -> [UInt8]? {
        var bytes: [UInt8] = []
        var depth = 0
        var isQuoted = false
        var wasQuoted = false
        while index < text.count {
            let byte = text[index]
            if !isQuoted, depth == 0, byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") { break }
            switch byte {
            case UInt8(ascii: "\\"):
                // An inner array is read again later, so it keeps its escapes.
                if depth > 0 { bytes.append(byte) }
                index += 1
                bytes.append(text[index])
            case UInt8(ascii: "\""):
                isQuoted.toggle()
                wasQuoted = true
                if depth > 0 { bytes.append(byte) }
            default:
                if !isQuoted { depth += depthChange(byte) }
                bytes.append(byte)
            }
            index += 1
        }
        return !wasQuoted && bytes.elementsEqual("NULL".utf8) ? nil : bytes
    }

    private static func depthChange(_ byte: UInt8) -> Int {
        switch byte {
        case UInt8(ascii: "{"): 1
        case UInt8(ascii: "}"): -1
        default: 0
        }
    }
}
