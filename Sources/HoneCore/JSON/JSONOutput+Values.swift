import Foundation

extension JSONOutput {
    func write(_ number: Double) throws {
        guard number.isFinite else { throw DirectJSON.Unwritable() }
        let text = "\(number)"
        append(text.hasSuffix(".0") ? text.dropLast(2) : text[...])
    }

    func write(_ date: Date) throws {
        guard let dates else { throw DirectJSON.Unwritable() }
        write(dates(date))
    }

    func write(_ value: JSONValue) throws {
        switch value {
        case .null: append("null")
        case .bool(let flag): append(flag ? "true" : "false")
        case .integer(let integer): append("\(integer)")
        case .number(let number): try write(number)
        case .string(let text): write(text)
        case .array(let elements):
            try writeAll(elements, between: ("[", "]")) { try write($0) }
        case .object(let members):
            try writeAll(members.sorted { $0.key < $1.key }, between: ("{", "}")) { member in
                write(member.key)
                append(":")
                try write(member.value)
            }
        }
    }

    private func writeAll<Element>(
        _ elements: [Element], between brackets: (String, String), _ write: (Element) throws -> Void
    ) rethrows {
        append(brackets.0)
        for (index, element) in elements.enumerated() {
            if index > 0 { append(",") }
            try write(element)
        }
        append(brackets.1)
    }
}

extension JSONOutput {
    /// As it stands, without quotes.
    func append(_ text: some StringProtocol) { bytes.append(contentsOf: text.utf8) }

    func write(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
            append(text)
        } else {
            for byte in text.utf8 { write(escaping: byte) }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private func write(escaping byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): append(#"\""#)
        case UInt8(ascii: "\\"): append(#"\\"#)
        case 0x08: append(#"\b"#)
        case 0x0C: append(#"\f"#)
        case UInt8(ascii: "\n"): append(#"\n"#)
        case UInt8(ascii: "\r"): append(#"\r"#)
        case UInt8(ascii: "\t"): append(#"\t"#)
        case 0..<0x20: append(#"\u00"# + (byte < 0x10 ? "0" : "") + String(byte, radix: 16))
        default: bytes.append(byte)
        }
    }
}
