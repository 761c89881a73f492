extension JSONValue {
    /// Any value that has a form on the wire.
    public init(encoding value: some Encodable) throws {
        self = try WireFormat.decode(JSONValue.self, from: WireFormat.encode(value))
    }
}
