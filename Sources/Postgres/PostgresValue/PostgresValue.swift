/// A value on its way to the server, in Postgres' text form.
public enum PostgresValue: Sendable, Hashable {
    case null
    case text(String)
    /// An array literal, `{1,2}`: kept apart because inside another array it must not be quoted.
    case array(String)
    /// A value Postgres has no form for. Sending it fails with `rejected`, and `why` is the message.
    case unsendable(why: String)

    /// The text to send, nil for null.
    func text() throws(DatabaseError) -> String? {
        switch self {
        case .null: return nil
        case .array(let text), .text(let text):
            // libpq would take the zero for the end and silently send less.
            guard !text.utf8.contains(0) else {
                throw .rejected(sqlState: "22021", message: "a text value contains the character zero")
            }
            return text
        case .unsendable(let why): throw .rejected(sqlState: "22000", message: why)
        }
    }
}

/// A type whose values can be bound to a statement.
///
/// An enum with a raw value conforms by naming the protocol: `extension Colour: PostgresEncodable {}`.
public protocol PostgresEncodable {
    var postgresValue: PostgresValue { get }

    /// Many values as one: an array literal, unless the type knows better (bytes do).
    static func postgresValue(of values: [Self]) -> PostgresValue
}

extension PostgresEncodable {
    public static func postgresValue(of values: [Self]) -> PostgresValue {
        // Neither a key path nor a lazy map: generic types are looked up at each use, which costs more than the values.
        var literal = ArrayLiteralText()
        for value in values { literal.append(value.postgresValue) }
        return literal.value
    }
}

extension PostgresValue: PostgresEncodable {
    public var postgresValue: PostgresValue { self }
}

extension PostgresEncodable where Self: RawRepresentable, RawValue: PostgresEncodable {
    public var postgresValue: PostgresValue { rawValue.postgresValue }
}

extension Optional: PostgresEncodable where Wrapped: PostgresEncodable {
    public var postgresValue: PostgresValue { self?.postgresValue ?? .null }
}
