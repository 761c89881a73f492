/// Decodes one row: by column name into a struct, or its only column into a value.
struct RowDecoder: Decoder {
    let rows: RowSet
    let row: Int

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(RowContainer<Key>(rows: rows, row: row))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try CellDecoder(cell: rows.onlyCell(ofRow: row, for: [Any].self)).unkeyedContainer()
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer {
        CellDecoder(cell: try rows.onlyCell(ofRow: row, for: Any.self))
    }
}

/// The columns of one row. A column that is missing is an error even for an optional property: more likely a slip in
/// the statement than an intention.
private struct RowContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let rows: RowSet
    let row: Int

    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { rows.columnNames.compactMap { Key(stringValue: camelCased($0)) } }

    func contains(_ key: Key) -> Bool { rows.column(for: key.stringValue) != nil }
    func decodeNil(forKey key: Key) throws -> Bool { try cell(key).isNull }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value { try cell(key).decode(type) }
    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try value(key) }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try value(key) }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try value(key) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try value(key) }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try value(key) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try value(key) }

    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
        let cell = try cell(key)
        return cell.isNull ? nil : try cell.decode(type)
    }
    func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? { try valueOrNil(key) }
    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? { try valueOrNil(key) }
    func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? { try valueOrNil(key) }
    func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? { try valueOrNil(key) }
    func decodeIfPresent(_ type: Int32.Type, forKey key: Key) throws -> Int32? { try valueOrNil(key) }
    func decodeIfPresent(_ type: Int64.Type, forKey key: Key) throws -> Int64? { try valueOrNil(key) }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        try CellDecoder(cell: cell(key)).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try CellDecoder(cell: cell(key)).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { RowDecoder(rows: rows, row: row) }
    func superDecoder(forKey key: Key) throws -> any Decoder { CellDecoder(cell: try cell(key)) }

    private func value<Value: CellDecodable>(_ key: Key) throws -> Value { try Value.decode(cell(key)) }

    private func valueOrNil<Value: CellDecodable>(_ key: Key) throws -> Value? {
        let cell = try cell(key)
        return cell.isNull ? nil : try Value.decode(cell)
    }

    private func cell(_ key: Key) throws -> Cell {
        guard let column = rows.column(for: key.stringValue) else {
            throw DatabaseError.undecodable(
                column: key.stringValue, expected: "a column for it", found: rows.columnNames.joined(separator: ", "))
        }
        return rows.cell(row: row, column: column)
    }
}
