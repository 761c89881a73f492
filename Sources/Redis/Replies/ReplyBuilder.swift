/// Puts a reply together from its pieces, as the parser meets them: an array first, then its elements in order.
///
/// Its memory is used for one reply after the other; what it gives out is copied from there, once.
final class ReplyBuilder {
    /// More than this is given back after a large reply.
    private static let keptBytes = 1 << 22

    private var nodes: [ReplyNode] = []
    private var bytes: [UInt8] = []
    private var root = ReplyNode.null

    /// Adds a piece. Its place is that of an element of an ``array(of:at:)``; nil for the reply itself.
    func put(_ node: ReplyNode, at place: Int?) {
        if let place { nodes[place] = node } else { root = node }
    }

    func text(_ text: some Collection<UInt8>, _ kind: ReplyNode.Kind, at place: Int?) {
        put(ReplyNode(kind: kind, count: Int32(text.count), start: bytes.count), at: place)
        bytes.append(contentsOf: text)
    }

    /// Makes room for the elements of an array and returns the place of the first.
    func array(of count: Int, at place: Int?) -> Int {
        let first = nodes.count
        put(ReplyNode(kind: .array, count: Int32(count), start: first), at: place)
        nodes.append(contentsOf: repeatElement(.null, count: count))
        return first
    }

    /// The reply, whose last piece has come.
    func finish() -> RedisValue {
        defer { reset() }
        return root.leaf(in: bytes) ?? .array(RedisArray(root, of: memory))
    }

    /// A copy of the size it needs, so that our own memory serves the next reply.
    private var memory: ReplyMemory {
        ReplyMemory(
            nodes: unsafe nodes.withUnsafeBufferPointer { unsafe Array($0) },
            bytes: unsafe bytes.withUnsafeBufferPointer { unsafe Array($0) })
    }

    private func reset() {
        nodes.removeAll(keepingCapacity: nodes.count < Self.keptBytes)
        bytes.removeAll(keepingCapacity: bytes.count < Self.keptBytes)
    }
}

extension ReplyBuilder {
    static func array(of elements: some Collection<RedisValue>) -> RedisArray {
        let builder = ReplyBuilder()
        builder.add(elements, at: nil)
        return RedisArray(builder.root, of: builder.memory)
    }

    private func add(_ elements: some Collection<RedisValue>, at place: Int?) {
        let first = array(of: elements.count, at: place)
        for (index, element) in elements.enumerated() { add(element, at: first + index) }
    }

    private func add(_ value: RedisValue, at place: Int) {
        switch value {
        case .null: put(.null, at: place)
        case .integer(let number): put(ReplyNode(kind: .integer, count: 0, start: Int(number)), at: place)
        case .simple(let string): text(string.utf8, .simple, at: place)
        case .bulk(let raw): text(raw, .bulk, at: place)
        case .error(let string): text(string.utf8, .error, at: place)
        case .array(let elements): add(elements, at: place)
        }
    }
}
