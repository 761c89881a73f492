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
    /// In the order in which they were added.
    public let fields: [RedisField]
    /// True for a pending entry whose content was deleted or trimmed away; it has no fields.
    public let isDeleted: Bool

    public init(id: RedisStreamID, fields: [RedisField], isDeleted: Bool = false) {
        self.id = id
        self.fields = fields
        self.isDeleted = isDeleted
    }

    /// The value of the first field of that name.
    public subscript(name: String) -> [UInt8]? { fields.first { $0.name == name }?.value }
}

extension RedisAnswer {
    func streamEntry() throws -> RedisStreamEntry {
        let parts = try elements(atLeast: 2)
        let fields = try parts[1].pairs().map { RedisField($0.name, try $0.value.bytes()) }
        return RedisStreamEntry(id: try parts[0].streamID(), fields: fields, isDeleted: parts[1].isNull)
    }

    func streamEntries() throws -> [RedisStreamEntry] { try elements().map { try $0.streamEntry() } }

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
