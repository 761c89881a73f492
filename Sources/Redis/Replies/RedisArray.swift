/// The elements of an array reply. All of a reply lies in one piece of memory; an element is made when it is asked for.
public struct RedisArray: Sendable, RandomAccessCollection {
    private let memory: ReplyMemory
    private let node: ReplyNode

    init(_ node: ReplyNode, of memory: ReplyMemory) {
        self.node = node
        self.memory = memory
    }

    public init(_ elements: some Collection<RedisValue>) {
        self = ReplyBuilder.array(of: elements)
    }

    public var startIndex: Int { 0 }
    public var endIndex: Int { Int(node.count) }
    public subscript(index: Int) -> RedisValue { memory.value(of: nodes[node.start + index]) }

    /// The bytes of a string among the elements, where they lie.
    func text(at index: Int) -> ArraySlice<UInt8>? {
        let node = nodes[node.start + index]
        return node.isText ? memory.bytes[node.start..<node.end] : nil
    }

    /// The elements as texts in one piece; nil when some are not strings.
    var texts: RedisTexts? {
        let own = nodes[node.start..<node.end]
        guard own.allSatisfy(\.isText) else { return nil }
        guard let first = own.first, let last = own.last else { return RedisTexts() }
        return RedisTexts(bytes: Array(memory.bytes[first.start..<last.end]), ends: own.map { $0.end - first.start })
    }

    /// Where the first error among the elements is, and what it says.
    public var firstError: (index: Int, text: String)? {
        guard let place = nodes[node.start..<node.end].firstIndex(where: { $0.kind == .error }),
            case .error(let text) = memory.value(of: nodes[place])
        else { return nil }
        return (place - node.start, text)
    }

    private var nodes: [ReplyNode] { memory.nodes }
}

extension RedisArray: Hashable, ExpressibleByArrayLiteral {
    public init(arrayLiteral elements: RedisValue...) { self.init(elements) }

    public static func == (left: RedisArray, right: RedisArray) -> Bool { left.elementsEqual(right) }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(count)
        for element in self { hasher.combine(element) }
    }
}
