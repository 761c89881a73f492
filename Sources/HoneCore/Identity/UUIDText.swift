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

    private static func digit(_ value: UInt8) -> UInt8 {
        value + (value < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10)
    }
}
