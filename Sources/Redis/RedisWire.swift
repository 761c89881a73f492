/// Writes commands the way Redis reads them: `*2 $3 GET $1 k`, each part ended by CR LF.
///
/// Source: the Redis serialization protocol specification, version 2.
struct RedisWire {
    private(set) var bytes: [UInt8] = []

    init(capacity: Int) { bytes.reserveCapacity(capacity) }

    mutating func append(_ command: RedisCommand) {
        let name = command.name.utf8
        let space = UInt8(ascii: " ")
        let words = name.reduce(1) { $1 == space ? $0 + 1 : $0 }
        header("*", words + command.arguments.count)
        if words == 1 { text(name) } else { for word in name.split(separator: space) { text(word) } }
        for argument in command.arguments { append(argument) }
    }

    private mutating func append(_ argument: RedisArgument) {
        switch argument {
        case .string(let string): text(string.utf8)
        case .bytes(let raw): text(raw)
        case .integer(let number): text(String(number).utf8)
        }
    }

    private mutating func text(_ text: some Collection<UInt8>) {
        header("$", text.count)
        bytes.append(contentsOf: text)
        endLine()
    }

    private mutating func header(_ mark: Unicode.Scalar, _ count: Int) {
        bytes.append(UInt8(ascii: mark))
        bytes.append(contentsOf: String(count).utf8)
        endLine()
    }

    private mutating func endLine() {
        bytes.append(UInt8(ascii: "\r"))
        bytes.append(UInt8(ascii: "\n"))
    }
}
