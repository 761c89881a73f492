public import Foundation

extension UUID {
    /// The canonical textual form in lower case, as RFC 9562 §4 asks for.
    public var text: String { written(withDashes: true) }

    /// The 32 hexadecimal digits alone, in lower case.
    public var hexadecimal: String { written(withDashes: false) }

    private func written(withDashes: Bool) -> String {
        withUnsafeBytes(of: uuid) { bytes in
            String(unsafeUninitializedCapacity: 36) { text in
                var end = 0
                for (place, byte) in bytes.enumerated() {
                    if withDashes, place == 4 || place == 6 || place == 8 || place == 10 {
                        text[end] = UInt8(ascii: "-")
                        end += 1
                    }
                    text[end] = Self.digit(byte >> 4)
                    text[end + 1] = Self.digit(byte & 0x0F)
                    end += 2
                }
                return end
            }
        }
    }

    /// Reads the canonical textual form, in either case; nil when `text` is something else.
    public init?(canonical text: String) {
        let digits = text.utf8.span
        guard digits.count == 36 else { return nil }
        var halves: (high: UInt64, low: UInt64) = (0, 0)
        for place in digits.indices {
            if place == 8 || place == 13 || place == 18 || place == 23 {
                guard digits[place] == UInt8(ascii: "-") else { return nil }
            } else {
                guard let value = Self.value(of: digits[place]) else { return nil }
                halves = (halves.high << 4 | halves.low >> 60, halves.low << 4 | value)
            }
        }
        self.init(high: halves.high, low: halves.low)
    }

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
