extension JSONWalk {
    /// A text as it stands between its quotes.
    struct Text {
        let raw: ArraySlice<UInt8>
        var hasEscape = false
        var hasZero = false
    }

    /// The byte to come; nil at the end.
    var here: UInt8? { index < bytes.count ? bytes[index] : nil }

    mutating func skipSpace() {
        while let byte = here, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
    }

    mutating func takes(_ character: Unicode.Scalar) -> Bool {
        guard here == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    mutating func take(_ character: Unicode.Scalar, or what: String) throws(Flaw) {
        guard takes(character) else { throw expected(what) }
    }

    func expected(_ what: String) -> Flaw {
        .unreadable(index < bytes.count ? "expected \(what) at byte \(index + 1)" : "expected \(what) where it ends")
    }

    mutating func word(_ word: StaticString) throws(Flaw) {
        let length = word.utf8CodeUnitCount
        guard word.withUTF8Buffer({ bytes[index...].starts(with: $0) }) else { throw expected("a value") }
        index += length
    }

    /// `-12.5e+3`, §6.
    mutating func number() throws(Flaw) {
        let isNegative = takes("-")
        if !takes("0") { try digits(or: isNegative ? "a digit" : "a value") }
        if takes(".") { try digits(or: "a digit") }
        guard takes("e") || takes("E") else { return }
        if !takes("+") { _ = takes("-") }
        try digits(or: "a digit")
    }

    private mutating func digits(or what: String) throws(Flaw) {
        let start = index
        while let byte = here, byte.isDigit { index += 1 }
        guard index > start else { throw expected(what) }
    }

    /// The text whose opening quote comes next, §7.
    mutating func text() throws(Flaw) -> Text {
        index += 1
        let start = index
        var (hasEscape, hasZero) = (false, false)
        while let byte = here, byte != UInt8(ascii: "\"") {
            guard byte >= 0x20 else { throw expected("an escape in place of a control character") }
            index += 1
            guard byte == UInt8(ascii: "\\") else { continue }
            hasEscape = true
            if try escaped() == 0 { hasZero = true }
        }
        let raw = bytes[start..<index]
        try take("\"", or: "a closing quote")
        return Text(raw: raw, hasEscape: hasEscape, hasZero: hasZero)
    }

    /// What an escape stands for, where it is written in hex. The backslash was read.
    private mutating func escaped() throws(Flaw) -> UInt16? {
        guard takes("u") else {
            guard let byte = here, #""\/bfnrt"#.utf8.contains(byte) else { throw expected("an escape of JSON") }
            index += 1
            return nil
        }
        let unit = try hexadecimal()
        if UTF16.isLeadSurrogate(unit) {
            guard takes("\\"), takes("u"), UTF16.isTrailSurrogate(try hexadecimal()) else { throw loneSurrogate }
        }
        guard !UTF16.isTrailSurrogate(unit) else { throw loneSurrogate }
        return unit
    }

    private var loneSurrogate: Flaw { .unreadable("half a character is escaped before byte \(index + 1)") }

    private mutating func hexadecimal() throws(Flaw) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = here, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw expected("a hexadecimal digit")
            }
            unit = unit << 4 | UInt16(digit)
            index += 1
        }
        return unit
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { (0x30...0x39).contains(self) }
}
