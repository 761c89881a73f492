/// Finds the values of a document in one pass. Throws for whatever RFC 8259 does not allow, and for what is rare: deep
/// nesting, and names with escapes or beyond ASCII, which may be equal and yet be written in several ways.
struct JSONScanner {
    private static let deepest = 64

    let bytes: [UInt8]
    var index = 0
    private var nodes: [JSONNode] = []

    static func nodes(of bytes: [UInt8]) throws(DirectJSON.Unreadable) -> [JSONNode] {
        var scanner = JSONScanner(bytes: bytes)
        scanner.nodes.reserveCapacity(64)
        try scanner.value(depth: 0)
        guard scanner.index == bytes.count else { throw .init() }
        return scanner.nodes
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    /// The byte to come; 0, which never belongs there, at the end.
    var here: UInt8 { index < bytes.count ? bytes[index] : 0 }

    /// A value, and the space around it.
    private mutating func value(depth: Int) throws(DirectJSON.Unreadable) {
        skipSpace()
        switch here {
        case UInt8(ascii: "\""): try text()
        case UInt8(ascii: "{"): try object(depth: depth + 1)
        case UInt8(ascii: "["): try array(depth: depth + 1)
        case UInt8(ascii: "t"): try word("true", .yes)
        case UInt8(ascii: "f"): try word("false", .no)
        case UInt8(ascii: "n"): try word("null", .null)
        default: try number()
        }
        skipSpace()
    }

    private mutating func object(depth: Int) throws(DirectJSON.Unreadable) {
        let place = try open(.object, depth: depth)
        while !takes(UInt8(ascii: "}")) {
            if nodes.count > place + 1 { try comma() }
            try name()
            try value(depth: depth)
        }
        nodes[place].next = Int32(nodes.count)
    }

    /// A member's name, up to its value.
    private mutating func name() throws(DirectJSON.Unreadable) {
        guard here == UInt8(ascii: "\"") else { throw .init() }
        try text()
        let name = nodes[nodes.count - 1]
        guard name.kind == .text, bytes[name.bytes].allSatisfy({ $0 < 0x80 }) else { throw .init() }
        skipSpace()
        guard takes(UInt8(ascii: ":")) else { throw .init() }
    }

    private mutating func array(depth: Int) throws(DirectJSON.Unreadable) {
        let place = try open(.array, depth: depth)
        while !takes(UInt8(ascii: "]")) {
            if nodes.count > place + 1 { try comma() }
            try value(depth: depth)
        }
        nodes[place].next = Int32(nodes.count)
    }

    private mutating func open(_ kind: JSONNode.Kind, depth: Int) throws(DirectJSON.Unreadable) -> Int {
        guard depth <= Self.deepest else { throw .init() }
        add(kind, from: index, to: index)
        index += 1
        skipSpace()
        return nodes.count - 1
    }

    private mutating func comma() throws(DirectJSON.Unreadable) {
        guard takes(UInt8(ascii: ",")) else { throw .init() }
        skipSpace()
    }

    private mutating func skipSpace() {
        while here == 0x20 || here == 0x0A || here == 0x0D || here == 0x09 { index += 1 }
    }

    mutating func takes(_ byte: UInt8) -> Bool {
        guard here == byte else { return false }
        index += 1
        return true
    }

    mutating func add(_ kind: JSONNode.Kind, from start: Int, to end: Int) {
        nodes.append(JSONNode(kind: kind, start: Int32(start), end: Int32(end), next: Int32(nodes.count + 1)))
    }
}
