/// One command, ready to be sent alone, in a pipeline or in a transaction.
public struct RedisCommand: Sendable, Hashable {
    public let name: String
    public let arguments: [RedisArgument]
    /// How long the server may hold the reply back on purpose.
    let blockTime: Duration?

    /// The name may be of two words, such as `XGROUP CREATE`.
    public init(_ name: String, _ arguments: [RedisArgument] = []) {
        self.init(name, arguments, blockTime: nil)
    }

    init(_ name: String, _ arguments: [RedisArgument], blockTime: Duration?) {
        self.name = name
        self.arguments = arguments
        self.blockTime = blockTime
    }
}

extension RedisCommand {
    /// A bound on the bytes that the command takes on the wire.
    fileprivate var sizeOnWire: Int {
        arguments.reduce(64 + name.utf8.count) { $0 + 16 + $1.size }
    }
}

extension [RedisCommand] {
    /// All commands in the form the wire wants, in one piece of memory.
    func encoded() -> [UInt8] {
        var wire = RedisWire(capacity: reduce(0) { $0 + $1.sizeOnWire })
        for command in self { wire.append(command) }
        return wire.bytes
    }
}
