import Foundation

/// One pass over a document of valid UTF-8, byte by byte.
struct JSONWalk {
    typealias Flaw = JSONInspection.Flaw

    private enum Place {
        case member(ArraySlice<UInt8>)
        case element(Int)
    }

    let bytes: [UInt8]
    private let deepest: Int
    private var places: [Place] = []
    var index = 0

    init(bytes: [UInt8], deepest: Int) {
        self.bytes = bytes
        self.deepest = deepest
    }

    mutating func run() throws(Flaw) {
        // A byte order mark may be passed over (§8.1).
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
        try value()
        guard index == bytes.count else { throw expected("the end") }
    }

    /// A value, and the space around it.
    private mutating func value() throws(Flaw) {
        skipSpace()
        switch here {
        case UInt8(ascii: "{"): try object()
        case UInt8(ascii: "["): try array()
        case UInt8(ascii: "\""): try hasNoZero(text())
        case UInt8(ascii: "t"): try word("true")
        case UInt8(ascii: "f"): try word("false")
        case UInt8(ascii: "n"): try word("null")
        default: try number()
        }
        skipSpace()
    }

    private mutating func object() throws(Flaw) {
        try enter(.member([]))
        var names: Set<ArraySlice<UInt8>> = []
        while !takes("}") {
            if !names.isEmpty { try take(",", or: "a comma or }") }
            try name(notIn: &names)
            try take(":", or: "a colon")
            try value()
        }
        places.removeLast()
    }

    /// A name, and the space around it.
    private mutating func name(notIn names: inout Set<ArraySlice<UInt8>>) throws(Flaw) {
        skipSpace()
        guard here == UInt8(ascii: "\"") else { throw expected("a name in quotes") }
        let text = try text()
        let name = text.hasEscape ? Self.unescaped(text.raw) : text.raw
        places[places.count - 1] = .member(name)
        guard names.insert(name).inserted else { throw .unreadable("\(path) is there twice") }
        try hasNoZero(text)
        skipSpace()
    }

    private mutating func array() throws(Flaw) {
        try enter(.element(0))
        var count = 0
        while !takes("]") {
            if count > 0 { try take(",", or: "a comma or ]") }
            places[places.count - 1] = .element(count)
            try value()
            count += 1
        }
        places.removeLast()
    }

    private mutating func enter(_ place: Place) throws(Flaw) {
        places.append(place)
        guard places.count <= deepest else { throw .unreadable("it is nested deeper than \(deepest) levels") }
        index += 1
        skipSpace()
    }

    private func hasNoZero(_ text: Text) throws(Flaw) {
        guard !text.hasZero else {
            throw .unusable(InvalidValue(path: path, found: "the character U+0000", expected: "text without it"))
        }
    }

    /// Two spellings of one name are one name.
    private static func unescaped(_ raw: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let quoted = [UInt8(ascii: "\"")] + raw + [UInt8(ascii: "\"")]
        let text = try? JSONDecoder().decode(String.self, from: Data(quoted))
        return text.map { Array($0.utf8)[...] } ?? raw
    }

    private var path: String {
        places.reduce(into: "") { path, place in
            switch place {
            case .member(let name):
                let text = String(decoding: name.prefix(100), as: UTF8.self).replacing("\0", with: "\u{FFFD}")
                path += path.isEmpty ? text : ".\(text)"
            case .element(let index): path += "[\(index)]"
            }
        }
    }
}
