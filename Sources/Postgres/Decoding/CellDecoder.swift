/// Lets types with an `init(from:)` of their own read a single value: enums, wrappers, sets.
struct CellDecoder: Decoder, SingleValueDecodingContainer {
    let cell: Cell

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func decodeNil() -> Bool { cell.isNull }
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try cell.decode(type) }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { self }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        ElementsContainer(array: cell, elements: try cell.elements())
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        throw cell.undecodable(as: [String: Any].self)
    }
}

/// The elements of an array, one after another.
private struct ElementsContainer: UnkeyedDecodingContainer {
    let array: Cell
    let elements: [Cell]
    private(set) var currentIndex = 0

    init(array: Cell, elements: [Cell]) {
        self.array = array
        self.elements = elements
    }

    var codingPath: [any CodingKey] { [] }
    var count: Int? { elements.count }
    var isAtEnd: Bool { currentIndex == elements.count }

    mutating func decodeNil() throws -> Bool {
        guard !isAtEnd, elements[currentIndex].isNull else { return false }
        currentIndex += 1
        return true
    }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try next().decode(type) }

    mutating func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        try CellDecoder(cell: next()).container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try CellDecoder(cell: next()).unkeyedContainer()
    }

    mutating func superDecoder() throws -> any Decoder { CellDecoder(cell: try next()) }

    private mutating func next() throws -> Cell {
        guard !isAtEnd else { throw array.undecodable(as: [Any].self, found: "\(elements.count) elements") }
        currentIndex += 1
        return elements[currentIndex - 1]
    }
}
