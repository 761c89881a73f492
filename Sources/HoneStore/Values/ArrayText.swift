import Postgres

/// An array as one text, for a column of arrays in a batch: `unnest` would flatten an array of arrays, so each row's
/// array travels as its literal and is cast row by row.
struct ArrayText<Element: PostgresEncodable>: PostgresEncodable {
    let elements: [Element]

    init(_ elements: [Element]) { self.elements = elements }

    var postgresValue: PostgresValue {
        guard case .array(let literal) = elements.postgresValue else { return elements.postgresValue }
        return .text(literal)
    }
}
