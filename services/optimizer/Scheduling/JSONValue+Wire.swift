import HoneCore

extension JSONValue {
    /// A value as messages carry it.
    init(wire value: some Encodable) throws {
        self = try WireFormat.decode(JSONValue.self, from: WireFormat.encode(value))
    }

    /// The value that messages carry as this.
    func fromWire<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try WireFormat.decode(type, from: WireFormat.encode(self))
    }
}
