public import HoneCore

/// Reads what people declare: a field that nobody reads is almost always a misspelling, and refused.
public enum StrictDecoding {
    /// Throws `InvalidValue` with the path of the first field that does not fit or is not known.
    public static func decode<Value: Codable>(_ type: Value.Type, from fields: JSONValue) throws -> Value {
        let value = try WireFormat.decode(type, from: WireFormat.encode(fields))
        if let path = try unknownField(in: fields, understood: JSONValue(encoding: value)) {
            throw InvalidValue(path: path, found: "an unknown one", expected: "a known field")
        }
        return value
    }

    /// The path of the first member that did not survive a round trip through its type.
    private static func unknownField(in given: JSONValue, understood: JSONValue, at path: String = "") -> String? {
        switch (given, understood) {
        case (.object(let given), .object(let understood)):
            for (name, value) in given.sorted(by: { $0.key < $1.key }) where value != .null {
                let place = path.isEmpty ? name : "\(path).\(name)"
                guard let other = understood[name] else { return place }
                if let found = unknownField(in: value, understood: other, at: place) { return found }
            }
        case (.array(let given), .array(let understood)):
            for (index, pair) in zip(given, understood).enumerated() {
                if let found = unknownField(in: pair.0, understood: pair.1, at: "\(path)[\(index)]") { return found }
            }
        default: break
        }
        return nil
    }
}
