extension JSONScanner {
    /// The text whose opening quote comes next. What its escapes say, surrogates among them, is looked at by
    /// whoever reads it.
    mutating func text() throws(DirectJSON.Unreadable) {
        let start = index + 1
        var kind = JSONNode.Kind.text
        index = start
        while here != UInt8(ascii: "\"") {
            guard here >= 0x20 else { throw .init() }
            if here == UInt8(ascii: "\\") {
                kind = .escapedText
                try escape()
            } else {
                index += 1
            }
        }
        add(kind, from: start, to: index)
        index += 1
    }

    private mutating func escape() throws(DirectJSON.Unreadable) {
        index += 1
        guard !takes(UInt8(ascii: "u")) else { return try hexDigits() }
        guard #""\/bfnrt"#.utf8.contains(here) else { throw .init() }
        index += 1
    }

    private mutating func hexDigits() throws(DirectJSON.Unreadable) {
        for _ in 0..<4 {
            guard Character(Unicode.Scalar(here)).isHexDigit else { throw .init() }
            index += 1
        }
    }

    mutating func word(_ word: StaticString, _ kind: JSONNode.Kind) throws(DirectJSON.Unreadable) {
        let end = index + word.utf8CodeUnitCount
        guard end <= bytes.count, word.withUTF8Buffer({ bytes[index..<end].elementsEqual($0) }) else { throw .init() }
        add(kind, from: index, to: end)
        index = end
    }

    /// `-12.5e+3`, §6.
    mutating func number() throws(DirectJSON.Unreadable) {
        let start = index
        var kind = JSONNode.Kind.integer
        _ = takes(UInt8(ascii: "-"))
        if !takes(UInt8(ascii: "0")) { try digits() }
        if takes(UInt8(ascii: ".")) {
            kind = .number
            try digits()
        }
        if takes(UInt8(ascii: "e")) || takes(UInt8(ascii: "E")) {
            kind = .number
            if !takes(UInt8(ascii: "+")) { _ = takes(UInt8(ascii: "-")) }
            try digits()
        }
        add(kind, from: start, to: index)
    }

    private mutating func digits() throws(DirectJSON.Unreadable) {
        let start = index
        while (0x30...0x39).contains(here) { index += 1 }
        guard index > start else { throw .init() }
    }
}
