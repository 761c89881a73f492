public import Foundation

extension UUID: PostgresEncodable, CellDecodable {
    /// Foundation prints each byte as formatted text, which costs more than all the rest of binding an id.
    public var postgresValue: PostgresValue {
        var text: [UInt8] = []
        text.reserveCapacity(36)
        for (place, byte) in unsafe withUnsafeBytes(of: uuid, Array.init).enumerated() {
            if place == 4 || place == 6 || place == 8 || place == 10 { text.append(UInt8(ascii: "-")) }
            text.append(hexCharacter(byte >> 4))
            text.append(hexCharacter(byte & 0x0F))
        }
        return .text(String(decoding: text, as: UTF8.self))
    }

    static func decode(_ cell: Cell) throws -> UUID {
        try cell.withText(parse)
    }

    /// The server's form only: 32 digits with four dashes.
    private static func parse(_ text: Span<UInt8>) -> UUID? {
        guard text.count == 36 else { return nil }
        var halves: (high: UInt64, low: UInt64) = (0, 0)
        for index in 0..<36 {
            if index == 8 || index == 13 || index == 18 || index == 23 { continue }
            guard let digit = hexDigit(text[index]) else { return nil }
            halves = (halves.high << 4 | halves.low >> 60, halves.low << 4 | UInt64(digit))
        }
        return UUID(halves.high, halves.low)
    }

    private init(_ high: UInt64, _ low: UInt64) {
        func byte(_ index: Int) -> UInt8 { UInt8(truncatingIfNeeded: (index < 8 ? high : low) >> (56 - index % 8 * 8)) }
        self.init(
            uuid: (
                byte(0), byte(1), byte(2), byte(3), byte(4), byte(5), byte(6), byte(7),
                byte(8), byte(9), byte(10), byte(11), byte(12), byte(13), byte(14), byte(15)
            ))
    }
}

private func hexCharacter(_ digit: UInt8) -> UInt8 {
    digit + (digit < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10)
}

func hexDigit(_ character: UInt8) -> UInt8? {
    switch character {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
    default: nil
    }
}
