/// One statement with its values apart: what is interpolated is bound as `$1`, `$2`, …, never written into the text.
///
/// Two forms splice, and say so: `\(fragment: other)` takes in another statement with its bindings, and
/// `\(identifier: name)` quotes a name. Values travel as text and the server infers their types; where it cannot, cast
/// at the place: `unnest(\(ids)::uuid[])`.
public struct SQL: ExpressibleByStringInterpolation, Sendable, Hashable {
    /// The statement as the server sees it, with `$n` for every value.
    public let text: String
    /// The bound values, in the order of their numbers.
    public let values: [PostgresValue]
    /// The text between the values; one more than there are values.
    private let pieces: [String]

    public init(stringLiteral value: String) {
        text = value
        values = []
        pieces = [value]
    }

    public init(stringInterpolation: StringInterpolation) {
        pieces = stringInterpolation.pieces
        values = stringInterpolation.values
        text = Self.numbered(pieces)
    }

    private static func numbered(_ pieces: [String]) -> String {
        var text = ""
        text.reserveCapacity(pieces.reduce(pieces.count * 4) { $0 + $1.utf8.count })
        for (index, piece) in pieces.enumerated() {
            if index > 0 { text += "$\(index)" }
            text += piece
        }
        return text
    }

    /// Collects the pieces of an interpolated statement.
    public struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var pieces: [String] = [""]
        fileprivate var values: [PostgresValue] = []

        public init(literalCapacity: Int, interpolationCount: Int) {
            pieces.reserveCapacity(interpolationCount + 1)
            values.reserveCapacity(interpolationCount)
        }

        public mutating func appendLiteral(_ literal: String) {
            pieces[pieces.count - 1] += literal
        }

        /// Binds a value.
        public mutating func appendInterpolation(_ value: some PostgresEncodable) {
            values.append(value.postgresValue)
            pieces.append("")
        }

        /// Binds a value or null.
        public mutating func appendInterpolation(_ value: (some PostgresEncodable)?) {
            values.append(value.postgresValue)
            pieces.append("")
        }

        /// Splices another statement; its values are renumbered.
        public mutating func appendInterpolation(fragment: SQL) {
            appendLiteral(fragment.pieces[0])
            pieces.append(contentsOf: fragment.pieces.dropFirst())
            values.append(contentsOf: fragment.values)
        }

        /// Splices a quoted name: of a table, a column, a channel.
        public mutating func appendInterpolation(identifier: String) {
            appendLiteral(quotedIdentifier(identifier))
        }
    }
}

/// A name as SQL wants it, whatever it contains.
func quotedIdentifier(_ name: String) -> String {
    "\"" + name.replacing("\"", with: "\"\"") + "\""
}

/// A table name that may be qualified by its schema: `schema.table`.
func quotedTable(_ name: String) -> String {
    name.split(separator: ".", omittingEmptySubsequences: false).map { quotedIdentifier(String($0)) }
        .joined(separator: ".")
}
