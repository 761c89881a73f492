import Foundation

/// A type that reads itself straight from a cell's text.
protocol CellDecodable {
    /// Throws ``DatabaseError/undecodable(column:expected:found:)``.
    static func decode(_ cell: Cell) throws -> Self
}

/// One value of a result, or one element of an array in it.
struct Cell {
    private enum Storage {
        case cell(row: Int, column: Int)
        case element([UInt8]?)
    }

    private let rows: RowSet
    private let column: Int
    private let storage: Storage
    /// The type's object id; 0 for array elements of types that need no care.
    let type: UInt32

    init(of rows: RowSet, row: Int, column: Int) {
        self.rows = rows
        self.column = column
        storage = .cell(row: row, column: column)
        type = rows.columnTypes[column]
    }

    private init(element: [UInt8]?, of array: Cell) {
        rows = array.rows
        column = array.column
        storage = .element(element)
        type = PostgresType.element(of: array.type)
    }

    var isNull: Bool {
        switch storage {
        case .cell(let row, let column): rows.result.isNull(row: row, column: column)
        case .element(let bytes): bytes == nil
        }
    }

    /// The value that `parse` finds in the text. Null, and text that `parse` refuses, are errors.
    func withText<Value>(_ parse: (Span<UInt8>) throws -> Value?) throws -> Value {
        let value: Value?
        switch storage {
        case .cell(let row, let column):
            guard !isNull else { throw undecodable(as: Value.self) }
            value = try rows.result.withText(row: row, column: column, parse)
        case .element(let bytes):
            guard let bytes else { throw undecodable(as: Value.self) }
            value = try parse(bytes.span)
        }
        guard let value else { throw undecodable(as: Value.self) }
        return value
    }

    /// The elements of an array.
    func elements() throws -> [Cell] {
        let texts: [[UInt8]?] = try withText(ArrayLiteral.elements)
        return texts.map { Cell(element: $0, of: self) }
    }

    /// Any value: JSON columns by JSON (except into texts and bytes), known types from the text, others by their own
    /// `init(from:)`, such as enums and wrappers around one value.
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        if PostgresType.isJSON(self.type), !(type is any TextLike.Type) { return try decodeJSONOrNull(type) }
        if let known = type as? any CellDecodable.Type { return try decode(known, as: type) }
        do {
            return try Value(from: CellDecoder(cell: self))
        } catch is DecodingError {
            throw undecodable(as: type)
        }
    }

    func decodeJSON<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let data: Data = try withText { text in unsafe text.withUnsafeBufferPointer { unsafe Data(buffer: $0) } }
        if let reader = type as? any PostgresJSONReadable.Type, let value = try? reader.init(json: data) as? Value {
            return value
        }
        do {
            return try PostgresJSONFormat.decoder.decode(type, from: data)
        } catch let error as DecodingError {
            throw undecodable(as: type, found: "JSON that does not fit at \(error.path)")
        }
    }

    func undecodable(as type: Any.Type, found: String? = nil) -> DatabaseError {
        .undecodable(
            column: rows.columnNames[column], expected: String(describing: type),
            found: found ?? (isNull ? "null" : PostgresType.name(self.type)))
    }

    /// A null of SQL, not of JSON, is told apart by `Optional` itself.
    private func decodeJSONOrNull<Value: Decodable>(_ type: Value.Type) throws -> Value {
        if let optional = type as? any OptionalLike.Type, isNull, let none = optional.nothing as? Value { return none }
        return try decodeJSON(type)
    }

    private func decode<Known: CellDecodable, Value>(_ known: Known.Type, as type: Value.Type) throws -> Value {
        guard let value = try known.decode(self) as? Value else { throw undecodable(as: type) }
        return value
    }
}

/// Types that take JSON as the text it is.
private protocol TextLike {}
extension String: TextLike {}
extension Data: TextLike {}
extension Optional: TextLike where Wrapped: TextLike {}

private protocol OptionalLike {
    static var nothing: Self { get }
}
extension Optional: OptionalLike {
    static var nothing: Wrapped? { nil }
}

extension DecodingError {
    /// Where in the document, and what kind of misfit. The texts of the error are left out: they quote values.
    fileprivate var path: String {
        switch self {
        case .typeMismatch(_, let context): "\(context.place) (wrong type)"
        case .valueNotFound(_, let context): "\(context.place) (null)"
        case .keyNotFound(let key, let context): "\(context.place) (no \(key.stringValue))"
        case .dataCorrupted(let context): "\(context.place) (malformed)"
        @unknown default: "an unknown place"
        }
    }
}

extension DecodingError.Context {
    fileprivate var place: String {
        let keys: [String] = codingPath.map { key in key.intValue.map { String($0) } ?? key.stringValue }
        return keys.isEmpty ? "its top" : keys.joined(separator: ".")
    }
}
