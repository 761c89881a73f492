/// A reply read as what its command promises. Each reading throws `unexpectedReply`, which names the command.
struct RedisAnswer {
    let value: RedisValue
    let command: String

    init(_ value: RedisValue, to command: String) {
        self.value = value
        self.command = command
    }

    var isNull: Bool { value == .null }

    func integer() throws -> Int { try expect(value.int, "an integer") }
    func text() throws -> String { try expect(value.string, "a string") }
    func bytes() throws -> [UInt8] { try expect(value.bytes, "a string") }
    func streamID() throws -> RedisStreamID { try expect(RedisStreamID(text()), "a stream id") }
    func number() throws -> Double { try expect(Double(text()), "a number") }

    func milliseconds() throws -> Duration { .milliseconds(try integer()) }

    /// The elements of an array; a null reply counts as an empty one.
    func elements() throws -> [RedisAnswer] {
        if isNull { return [] }
        return try expect(value.elements, "an array").map { RedisAnswer($0, to: command) }
    }

    /// The elements of an array that has at least `count` of them.
    func elements(atLeast count: Int) throws -> [RedisAnswer] {
        let elements = try elements()
        return try expect(elements.count >= count ? elements : nil, "an array of \(count)")
    }

    /// An array that alternates between names and values.
    func pairs() throws -> [(name: String, value: RedisAnswer)] {
        let elements = try elements()
        guard elements.count.isMultiple(of: 2) else { return try expect(nil, "pairs") }
        return try stride(from: 0, to: elements.count, by: 2).map { (try elements[$0].text(), elements[$0 + 1]) }
    }

    func expect<Value>(_ value: Value?, _ expected: String) throws(RedisError) -> Value {
        guard let value else { throw .unexpectedReply(command: command, expected: expected) }
        return value
    }
}

extension RedisExecutor {
    func ask(_ command: RedisCommand) async throws -> RedisAnswer {
        RedisAnswer(try await send(command), to: command.name)
    }
}
