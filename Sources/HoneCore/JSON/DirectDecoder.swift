/// How a value is read from a document.
struct DirectDecoder: Decoder, SingleValueDecodingContainer {
    let document: JSONDocument
    let place: Int

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard document.nodes[place].kind == .object else { throw DirectJSON.Unreadable() }
        return KeyedDecodingContainer(ReadMembers<Key>(document: document, place: place))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        ReadElements(document: document, places: try document.elements(at: place))
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { self }

    func decodeNil() -> Bool { document.isNull(at: place) }
    // Names, ids and cases are texts: most values that are wrapped.
    func decode(_ type: String.Type) throws -> String { try document.text(at: place) }
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try document.read(type, at: place) }
}

private struct ReadMembers<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let document: JSONDocument
    let place: Int

    var codingPath: [any CodingKey] { [] }

    /// Of an object with more names than a struct has, each of which would be looked for from the first, nothing is read.
    var allKeys: [Key] {
        guard let names = try? document.names(of: place), names.count <= 64, Set(names).count == names.count else {
            _ = document.uncertain()
            return []
        }
        return names.compactMap { Key(stringValue: $0) }
    }

    func contains(_ key: Key) -> Bool { document.member(key.stringValue, of: place) != nil }
    func decodeNil(forKey key: Key) throws -> Bool { document.isNull(at: try value(key)) }

    // What comes most often has methods of its own, which cost less than finding out what a value is.
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try document.text(at: value(key)) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try document.integer(at: value(key)) }
    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try document.flag(at: value(key)) }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try document.double(at: value(key)) }
    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try document.read(type, at: value(key))
    }

    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
        try present(key).map { try document.text(at: $0) }
    }
    func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? {
        try present(key).map { try document.integer(at: $0) }
    }
    func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? {
        try present(key).map { try document.flag(at: $0) }
    }
    func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? {
        try present(key).map { try document.double(at: $0) }
    }
    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
        try present(key).map { try document.read(type, at: $0) }
    }

    private func value(_ key: Key) throws -> Int {
        guard let place = document.member(key.stringValue, of: place) else { throw DirectJSON.Unreadable() }
        return place
    }

    private func present(_ key: Key) -> Int? {
        document.member(key.stringValue, of: place).flatMap { document.isNull(at: $0) ? nil : $0 }
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        try DirectDecoder(document: document, place: value(key)).container(keyedBy: type)
    }
    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try DirectDecoder(document: document, place: value(key)).unkeyedContainer()
    }
    func superDecoder() throws -> any Decoder { throw document.uncertain() }
    func superDecoder(forKey key: Key) throws -> any Decoder { throw document.uncertain() }
}

private struct ReadElements: UnkeyedDecodingContainer {
    let document: JSONDocument
    let places: [Int]
    private(set) var currentIndex = 0

    init(document: JSONDocument, places: [Int]) {
        self.document = document
        self.places = places
    }

    var codingPath: [any CodingKey] { [] }
    var count: Int? { places.count }
    var isAtEnd: Bool { currentIndex == places.count }

    mutating func decodeNil() throws -> Bool {
        guard document.isNull(at: try here()) else { return false }
        currentIndex += 1
        return true
    }

    /// An element that cannot be read stays the next one.
    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let value = try document.read(type, at: here())
        currentIndex += 1
        return value
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
        let container = try DirectDecoder(document: document, place: here()).container(keyedBy: type)
        currentIndex += 1
        return container
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        let container = try DirectDecoder(document: document, place: here()).unkeyedContainer()
        currentIndex += 1
        return container
    }

    mutating func superDecoder() throws -> any Decoder { throw document.uncertain() }

    private func here() throws -> Int {
        guard !isAtEnd else { throw DirectJSON.Unreadable() }
        return places[currentIndex]
    }
}
