/// Texts whose escapes are resolved.
enum JSONEscapes {
    /// What stands between the quotes; nil when an escape, or the UTF-8, is not sound.
    static func text(of raw: ArraySlice<UInt8>) -> String? {
        var (text, rest) = ([UInt8](), raw)
        text.reserveCapacity(raw.count)
        while let byte = rest.popFirst() {
            if byte != UInt8(ascii: "\\") {
                text.append(byte)
            } else {
                guard let scalar = scalar(&rest) else { return nil }
                text.append(contentsOf: String(scalar).utf8)
            }
        }
        return String(validating: text, as: UTF8.self)
    }

    /// What the escape stands for whose backslash was read.
    private static func scalar(_ rest: inout ArraySlice<UInt8>) -> Unicode.Scalar? {
        switch rest.popFirst() {
        case UInt8(ascii: "\""): "\""
        case UInt8(ascii: "\\"): "\\"
        case UInt8(ascii: "/"): "/"
        case UInt8(ascii: "b"): "\u{08}"
        case UInt8(ascii: "f"): "\u{0C}"
        case UInt8(ascii: "n"): "\n"
        case UInt8(ascii: "r"): "\r"
        case UInt8(ascii: "t"): "\t"
        case UInt8(ascii: "u"): hexadecimalScalar(&rest)
        default: nil
        }
    }

    /// Characters beyond the first plane take two escapes.
    private static func hexadecimalScalar(_ rest: inout ArraySlice<UInt8>) -> Unicode.Scalar? {
        guard let unit = unit(&rest) else { return nil }
        guard UTF16.isLeadSurrogate(unit) else { return Unicode.Scalar(unit) }
        guard rest.popFirst() == UInt8(ascii: "\\"), rest.popFirst() == UInt8(ascii: "u"),
            let second = self.unit(&rest), UTF16.isTrailSurrogate(second)
        else { return nil }
        return Unicode.Scalar(0x1_0000 + (UInt32(unit) - 0xD800) << 10 + UInt32(second) - 0xDC00)
    }

    private static func unit(_ rest: inout ArraySlice<UInt8>) -> UInt16? {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = rest.popFirst(), let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                return nil
            }
            unit = unit << 4 | UInt16(digit)
        }
        return unit
    }
}
