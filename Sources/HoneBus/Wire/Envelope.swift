/// A message as its stream entry carries it: CloudEvents 1.0 attributes in binary mode, in the order they came.
///
/// Fields nobody here knows are kept: they travel through retries and into the dead letter untouched.
public struct Envelope: Hashable, Sendable {
    public struct Field: Hashable, Sendable {
        public let name: String
        public let value: [UInt8]

        public init(_ name: String, _ value: [UInt8]) {
            self.name = name
            self.value = value
        }

        public init(_ name: String, _ text: String) {
            self.init(name, Array(text.utf8))
        }
    }

    public private(set) var fields: [Field]

    public init(_ fields: [Field] = []) {
        self.fields = fields
    }

    /// The bytes of the first field of that name; setting replaces it in place, nil removes it.
    public subscript(name: String) -> [UInt8]? {
        get { fields.first { $0.name == name }?.value }
        set {
            guard let newValue else { return fields.removeAll { $0.name == name } }
            if let index = fields.firstIndex(where: { $0.name == name }) {
                fields[index] = Field(name, newValue)
            } else {
                fields.append(Field(name, newValue))
            }
        }
    }

    /// The field as text; nil when it is absent or empty.
    public func text(_ name: String) -> String? {
        guard let bytes = self[name], !bytes.isEmpty else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    mutating func set(_ name: String, _ text: String) {
        self[name] = Array(text.utf8)
    }
}
