public import Foundation

extension UUID {
    /// The canonical textual form in lower case, as RFC 9562 §4 asks for.
    public var text: String {
        written { place, text in
            if [4, 6, 8, 10].contains(place) { text.append(UInt8(ascii: "-")) }
        }
    }

    /// The 32 hexadecimal digits alone, in lower case.
    public var hexadecimal: String { written { _, _ in } }

    private func written(_ beforeByte: (Int, inout [UInt8]) -> Void) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(36)
        for (place, byte) in withUnsafeBytes(of: uuid, Array.init).enumerated() {
            beforeByte(place, &text)
            text.append(Self.digit(byte >> 4))
            text.append(Self.digit(byte & 0x0F))
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Reads the canonical textual form, in either case; nil when `text` is something else.
    public init?(canonical text: String) {
        let digits = Array(text.utf8)
        guard digits.count == 36, Self.dashes.allSatisfy({ digits[$0] == UInt8(ascii: "-") }) else { return nil }
        var halves: (high: UInt64, low: UInt64) = (0, 0)
        for place in 0..<36 where !Self.dashes.contains(place) {
            guard let value = Self.value(of: digits[place]) else { return nil }
            halves = (halves.high << 4 | halves.low >> 60, halves.low << 4 | value)
        }
        self.init(high: halves.high, low: halves.low)
    }

    private static let dashes = [8, 13, 18, 23]

    private static func value(of digit: UInt8) -> UInt64? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(digit - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(digit - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(digit - UInt8(ascii: "A") + 10)
        default: nil
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value + (value < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10)
    }
}
