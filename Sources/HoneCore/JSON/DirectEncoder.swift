/// What one value has written so far.
final class JSONParts {
    enum Kind { case nothing, value, array, object }

    struct Member {
        let name: String
        /// Where its value lies in the output.
        let place: Range<Int>
    }

    let start: Int
    private(set) var kind = Kind.nothing
    /// Sorted by name.
    private(set) var members: [Member] = []

    init(start: Int) { self.start = start }

    /// Of two members of one name the later counts.
    func add(_ member: Member) {
        var index = members.count
        while index > 0, member.name < members[index - 1].name { index -= 1 }
        if index > 0, members[index - 1].name == member.name { return members[index - 1] = member }
        members.insert(member, at: index)
    }

    /// Whether the value is, or may still become, of this kind.
    func become(_ kind: Kind) -> Bool {
        let isNew = self.kind == .nothing
        if isNew { self.kind = kind }
        return isNew || kind == .object && self.kind == .object
    }
}

/// How a value reaches the output.
struct DirectEncoder: Encoder, SingleValueEncodingContainer {
    let output: JSONOutput
    let parts: JSONParts

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        if !parts.become(.object) { output.isWhole = false }
        return KeyedEncodingContainer(DirectMembers<Key>(output: output, parts: parts))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        if !parts.become(.array) { output.isWhole = false }
        output.append("[")
        return DirectElements(output: output)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        if !parts.become(.value) { output.isWhole = false }
        return self
    }

    func encodeNil() { output.append("null") }
    func encode(_ value: String) { output.write(value) }
    func encode<Value: Encodable>(_ value: Value) throws { try output.write(value) }

    /// For what is not supported: what is written there is thrown away with the rest.
    static func nowhere(_ output: JSONOutput) -> DirectEncoder {
        output.isWhole = false
        return DirectEncoder(output: output, parts: JSONParts(start: 0))
    }
}

private struct DirectMembers<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let output: JSONOutput
    let parts: JSONParts

    var codingPath: [any CodingKey] { [] }

    func encodeNil(forKey key: Key) { add(key) { output.append("null") } }
    // What comes most often has methods of its own, which cost less than finding out what a value is.
    func encode(_ value: String, forKey key: Key) { add(key) { output.write(value) } }
    func encode(_ value: Int, forKey key: Key) { add(key) { output.append(String(value)) } }
    func encode(_ value: Bool, forKey key: Key) { add(key) { output.append(value ? "true" : "false") } }
    func encode(_ value: Double, forKey key: Key) throws { try add(key) { try output.write(value) } }
    func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws { try add(key) { try output.write(value) } }

    @inline(__always)
    private func add(_ key: Key, _ write: () throws -> Void) rethrows {
        let start = output.bytes.count
        try write()
        parts.add(.init(name: key.stringValue, place: start..<output.bytes.count))
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        DirectEncoder.nowhere(output).container(keyedBy: type)
    }
    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        DirectEncoder.nowhere(output).unkeyedContainer()
    }
    func superEncoder() -> any Encoder { DirectEncoder.nowhere(output) }
    func superEncoder(forKey key: Key) -> any Encoder { DirectEncoder.nowhere(output) }
}

private struct DirectElements: UnkeyedEncodingContainer {
    let output: JSONOutput
    private(set) var count = 0

    init(output: JSONOutput) { self.output = output }

    var codingPath: [any CodingKey] { [] }

    mutating func encodeNil() {
        next()
        output.append("null")
    }

    mutating func encode<Value: Encodable>(_ value: Value) throws {
        next()
        try output.write(value)
    }

    private mutating func next() {
        if count > 0 { output.append(",") }
        count += 1
    }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        DirectEncoder.nowhere(output).container(keyedBy: type)
    }
    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { DirectEncoder.nowhere(output).unkeyedContainer() }
    func superEncoder() -> any Encoder { DirectEncoder.nowhere(output) }
}
