public import Foundation

/// Alone a small number; an array of them is a `bytea`.
extension UInt8: PostgresEncodable, CellDecodable {
    public static func postgresValue(of values: [UInt8]) -> PostgresValue { .text(hexText(values)) }
}

extension Data: PostgresEncodable, CellDecodable {
    public var postgresValue: PostgresValue { .text(hexText(self)) }

    static func decode(_ cell: Cell) throws -> Data { Data(try cell.bytes()) }
}

extension Cell {
    /// A `bytea` as its bytes; any other type as the bytes of its text.
    func bytes() throws -> [UInt8] {
        try withText { text in
            guard type == PostgresType.bytea else { return Array(String(text: text).utf8) }
            return parseHex(text)
        }
    }
}

/// `\x` and two digits per byte.
private func hexText(_ bytes: some Collection<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text = Array("\\x".utf8)
    text.reserveCapacity(2 + bytes.count * 2)
    for byte in bytes {
        text.append(digits[Int(byte >> 4)])
        text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
}

private func parseHex(_ text: Span<UInt8>) -> [UInt8]? {
    guard text.count >= 2, text.count % 2 == 0, text[0] == UInt8(ascii: "\\"), text[1] == UInt8(ascii: "x") else {
        return nil
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count / 2 - 1)
    for index in stride(from: 2, to: text.count, by: 2) {
        guard let high = hexDigit(text[index]), let low = hexDigit(text[index + 1]) else { return nil }
        bytes.append(high << 4 | low)
    }
    return bytes
}
