public import Foundation

/// A message as its stream entry carries it: CloudEvents 1.0 attributes in binary mode, in the order they came.
///
/// Fields nobody here knows are kept: they travel through retries and into the dead letter untouched. All names and
/// values lie in one piece of memory, since most of them are only passed on.
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

    /// Name, value, name, value, …, without anything in between.
    public private(set) var bytes: [UInt8]
    /// Where in ``bytes`` each name and each value ends.
    public private(set) var ends: [Int]

    /// Takes fields as ``bytes`` and ``ends`` describe them; `ends` must rise and not pass the end of `bytes`.
    public init(bytes: [UInt8], ends: [Int]) {
        self.bytes = bytes
        self.ends = ends
    }

    public init(_ fields: [Field] = []) {
        self.init(bytes: [], ends: [])
        for field in fields { append(field.name, field.value) }
    }

    init(reserving count: Int) {
        self.init(bytes: [], ends: [])
        bytes.reserveCapacity(count)
        ends.reserveCapacity(12)
    }

    /// Adds a field behind the others.
    mutating func append(_ name: String, _ value: some Collection<UInt8>) {
        bytes.append(contentsOf: name.utf8)
        ends.append(bytes.count)
        bytes.append(contentsOf: value)
        ends.append(bytes.count)
    }
}

extension Envelope {
    /// The fields, each with memory of its own.
    public var fields: [Field] {
        stride(from: 1, to: ends.count, by: 2).map { value in
            Field(String(decoding: bytes[place(value - 1)], as: UTF8.self), Array(bytes[place(value)]))
        }
    }

    /// The bytes of the first field of that name; setting replaces it in place, nil removes it.
    public subscript(name: String) -> [UInt8]? {
        get { slice(name).map { Array($0) } }
        set {
            var fields = fields
            if let index = fields.firstIndex(where: { $0.name == name }) {
                fields.replaceSubrange(index...index, with: newValue.map { [Field(name, $0)] } ?? [])
            } else if let newValue {
                fields.append(Field(name, newValue))
            }
            self = Envelope(fields)
        }
    }

    /// The field as text; nil when it is absent or empty.
    public func text(_ name: String) -> String? {
        guard let bytes = slice(name), !bytes.isEmpty else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The payload, which need not be JSON.
    public var data: Data? { slice(Attribute.data).map { Data($0) } }

    /// The bytes of the first field of that name, where they lie.
    func slice(_ name: String) -> ArraySlice<UInt8>? {
        let name = name.utf8
        for value in stride(from: 1, to: ends.count, by: 2) {
            let place = place(value - 1)
            if place.count == name.count, bytes[place].elementsEqual(name) { return bytes[self.place(value)] }
        }
        return nil
    }

    mutating func set(_ name: String, _ text: String) {
        self[name] = Array(text.utf8)
    }

    func place(_ index: Int) -> Range<Int> {
        (index == 0 ? 0 : ends[index - 1])..<ends[index]
    }
}
