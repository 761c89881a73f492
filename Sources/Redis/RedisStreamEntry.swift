/// A name and a value: one field of a stream entry or of a hash.
public struct RedisField: Sendable, Hashable {
    public let name: String
    public let value: [UInt8]

    public init(_ name: String, _ value: [UInt8]) {
        self.name = name
        self.value = value
    }

    public init(_ name: String, _ value: String) { self.init(name, Array(value.utf8)) }

    /// The value as text; bytes that are not UTF-8 are repaired.
    public var text: String { String(decoding: value, as: UTF8.self) }
}

/// An entry of a stream.
public struct RedisStreamEntry: Sendable, Hashable {
    public let id: RedisStreamID
    /// Names and values in turn, in the order in which they were added.
    public let texts: RedisTexts
    /// True for a pending entry whose content was deleted or trimmed away; it has no fields.
    public let isDeleted: Bool

    public init(id: RedisStreamID, fields: [RedisField], isDeleted: Bool = false) {
        self.init(id: id, texts: RedisTexts(fields.flatMap { [Array($0.name.utf8), $0.value] }), isDeleted: isDeleted)
    }

    private init(id: RedisStreamID, texts: RedisTexts, isDeleted: Bool) {
        self.id = id
        self.texts = texts
        self.isDeleted = isDeleted
    }

    /// Reads an entry as the stream commands answer it: its id, and its names and values in turn.
    public init?(_ reply: RedisValue) {
        guard let parts = reply.elements, parts.count >= 2, let id = parts.text(at: 0).flatMap(RedisStreamID.init)
        else { return nil }
        let content = parts[1]
        guard let texts = content == .null ? RedisTexts() : content.elements?.texts, texts.count.isMultiple(of: 2)
        else { return nil }
        self.init(id: id, texts: texts, isDeleted: content == .null)
    }

    /// The fields, each with memory of its own.
    public var fields: [RedisField] {
        stride(from: 0, to: texts.count, by: 2).map {
            RedisField(String(decoding: texts[$0], as: UTF8.self), Array(texts[$0 + 1]))
        }
    }

    /// The value of the first field of that name.
    public subscript(name: String) -> [UInt8]? { fields.first { $0.name == name }?.value }
}

extension RedisAnswer {
    func streamEntry() throws -> RedisStreamEntry { try expect(RedisStreamEntry(value), "a stream entry") }

    func streamEntries() throws -> [RedisStreamEntry] {
        if isNull { return [] }
        return try expect(value.elements, "an array").map { try expect(RedisStreamEntry($0), "stream entries") }
    }

    /// Entries by stream, as XREAD and XREADGROUP answer.
    func streams() throws -> [(stream: String, entries: [RedisStreamEntry])] {
        try elements().map { stream in
            let parts = try stream.elements(atLeast: 2)
            return (try parts[0].text(), try parts[1].streamEntries())
        }
    }
}

extension [RedisField] {
    var arguments: [RedisArgument] { flatMap { [.string($0.name), .bytes($0.value)] } }
}
