import HoneCore

/// A coding key of any name, to reach members that a message does not know.
struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { nil }
}

/// Members that this version does not know. They are kept and passed on: a newer neighbour may need them.
enum UnknownFields {
    static func decode(from decoder: any Decoder, except known: Set<String>) throws -> [String: JSONValue] {
        let container = try decoder.container(keyedBy: AnyKey.self)
        return try container.allKeys.reduce(into: [:]) { fields, key in
            guard !known.contains(key.stringValue) else { return }
            fields[key.stringValue] = try container.decode(JSONValue.self, forKey: key)
        }
    }

    static func encode(_ fields: [String: JSONValue], to encoder: any Encoder) throws {
        guard !fields.isEmpty else { return }
        var container = encoder.container(keyedBy: AnyKey.self)
        for (name, value) in fields {
            try container.encode(value, forKey: AnyKey(name))
        }
    }
}
