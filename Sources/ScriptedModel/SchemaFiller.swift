import HoneCore

/// Makes the plainest value that fits a JSON Schema, so that a scripted model can obey any forced schema.
enum SchemaFiller {
    /// `choosing` is taken where the schema lists it among its values.
    static func value(for schema: JSONValue, choosing wish: String) -> JSONValue {
        if let fixed = schema["const"] { return fixed }
        if let options = schema["enum"]?.array {
            return options.first { $0.string == wish } ?? options.first ?? .null
        }
        switch schema["type"]?.string {
        case "object": return object(for: schema, choosing: wish)
        case "array": return .array(schema["items"].map { [value(for: $0, choosing: wish)] } ?? [])
        case "integer": return .integer(Int64(schema["minimum"]?.int ?? 0))
        case "number": return .number(schema["minimum"]?.double ?? 0)
        case "boolean": return .bool(true)
        case "null": return .null
        default: return .string(wish)
        }
    }

    private static func object(for schema: JSONValue, choosing wish: String) -> JSONValue {
        .object((schema["properties"]?.object ?? [:]).mapValues { value(for: $0, choosing: wish) })
    }
}
