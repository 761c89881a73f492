/// One element of a reply: what it is, and where its bytes or elements lie.
struct ReplyNode: Sendable {
    enum Kind { case null, integer, simple, bulk, error, array }

    let kind: Kind
    /// How many bytes or elements.
    let count: Int32
    /// The first of them; of an integer, the number itself.
    let start: Int

    static let null = ReplyNode(kind: .null, count: 0, start: 0)

    var end: Int { start + Int(count) }
    /// Whether it has bytes.
    var isText: Bool { kind == .bulk || kind == .simple }

    /// The value; nil for an array.
    func leaf(in bytes: [UInt8]) -> RedisValue? {
        switch kind {
        case .null: .null
        case .integer: .integer(Int64(start))
        case .simple: .simple(String(decoding: bytes[start..<end], as: UTF8.self))
        case .bulk: .bulk(Array(bytes[start..<end]))
        case .error: .error(String(decoding: bytes[start..<end], as: UTF8.self))
        case .array: nil
        }
    }
}

/// A whole array reply: the elements of each array side by side, and the bytes of all strings in the order they came.
final class ReplyMemory: Sendable {
    let nodes: [ReplyNode]
    let bytes: [UInt8]

    init(nodes: [ReplyNode], bytes: [UInt8]) {
        self.nodes = nodes
        self.bytes = bytes
    }

    func value(of node: ReplyNode) -> RedisValue {
        node.leaf(in: bytes) ?? .array(RedisArray(node, of: self))
    }
}
