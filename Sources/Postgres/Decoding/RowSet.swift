/// The rows of one result, with what all of them share: the columns, their types, and where each name is found.
final class RowSet {
    let result: PostgresResult
    let columnNames: [String]
    let columnTypes: [UInt32]
    /// The property that each column goes to: `createdAt` for `created_at`, or `taskID` once a type has asked for that.
    private var propertyNames: [String]
    /// Columns by their own name, by their camel-cased name, and by that in lower case.
    private let indices: [String: Int]
    /// The column after the one found last: structs mostly ask in the order of the columns.
    private var expected = 0

    init(_ result: PostgresResult) {
        self.result = result
        columnNames = (0..<result.columnCount).map(result.columnName)
        columnTypes = (0..<result.columnCount).map(result.columnType)
        propertyNames = columnNames.map(camelCased)
        var indices: [String: Int] = [:]
        for names in [propertyNames.map { $0.lowercased() }, propertyNames, columnNames] {
            for (index, name) in names.enumerated().reversed() { indices[name] = index }
        }
        self.indices = indices
    }

    /// The rows, decoded in order.
    func decode<Row: Decodable>(_ type: Row.Type, limit: Int = .max) throws -> [Row] {
        let count = min(result.rowCount, limit)
        let isValue = type is any CellDecodable.Type
        return try (0..<count).map { row in
            if isValue { return try onlyCell(ofRow: row, for: type).decode(type) }
            return try decodeByName(type, row: row)
        }
    }

    /// The column for a property, nil when there is none of that name.
    func column(for property: String) -> Int? {
        if expected < propertyNames.count, propertyNames[expected] == property {
            expected += 1
            return expected - 1
        }
        guard let index = indices[property] ?? indices[property.lowercased()] else { return nil }
        propertyNames[index] = property
        expected = index + 1
        return index
    }

    func cell(row: Int, column: Int) -> Cell { Cell(of: self, row: row, column: column) }

    /// The one cell of a row that is read as a value.
    func onlyCell(ofRow row: Int, for type: Any.Type) throws -> Cell {
        guard columnNames.count == 1 else {
            throw DatabaseError.undecodable(
                column: columnNames.first ?? "(none)", expected: "one column, for \(type)",
                found: "\(columnNames.count) columns")
        }
        return cell(row: row, column: 0)
    }

    private func decodeByName<Row: Decodable>(_ type: Row.Type, row: Int) throws -> Row {
        expected = 0
        do {
            return try Row(from: RowDecoder(rows: self, row: row))
        } catch is DecodingError where columnNames.count == 1 {
            throw cell(row: row, column: 0).undecodable(as: type)
        } catch let error as DecodingError {
            throw DatabaseError.undecodable(
                column: error.column ?? columnNames.first ?? "(none)", expected: "\(type)", found: "a misfit")
        }
    }
}

extension DecodingError {
    /// The column at which a type's own `init(from:)` gave up.
    fileprivate var column: String? {
        switch self {
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            context.codingPath.first?.stringValue
        case .keyNotFound(let key, _): key.stringValue
        @unknown default: nil
        }
    }
}

/// `agent_id` to `agentId`; names without an underscore stay as they are.
func camelCased(_ name: String) -> String {
    guard name.utf8.contains(UInt8(ascii: "_")) else { return name }
    let words = name.split(separator: "_")
    let rest = words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }
    return (words.prefix(1).map(String.init) + rest).joined()
}
