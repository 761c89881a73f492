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
        header("*", command.arguments.reduce(words) { $0 + $1.count })
        if words == 1 { text(name) } else { for word in name.split(separator: space) { text(word) } }
        for argument in command.arguments { append(argument) }
    }

    private mutating func append(_ argument: RedisArgument) {
        switch argument {
        case .string(let string): text(string.utf8)
        case .bytes(let raw): text(raw)
        case .integer(let number): text(String(number).utf8)
        case .texts(let texts): for one in texts { text(one) }
        }
    }

    private mutating func text(_ text: some Collection<UInt8>) {
        header("$", text.count)
        bytes.append(contentsOf: text)
        endLine()
    }

    private mutating func header(_ mark: Unicode.Scalar, _ count: Int) {
        bytes.append(UInt8(ascii: mark))
        append(digitsOf: count)
        endLine()
    }

    private mutating func append(digitsOf number: Int) {
        if number >= 10 { append(digitsOf: number / 10) }
        bytes.append(UInt8(ascii: "0") + UInt8(number % 10))
    }

    private mutating func endLine() {
        bytes.append(UInt8(ascii: "\r"))
        bytes.append(UInt8(ascii: "\n"))
    }
}
