import HoneBus

/// A message in the delayed set: a MessagePack array of the stream's key and the fields, which the server's Lua reads.
struct DelayedMember {
    private(set) var bytes: [UInt8] = []

    private static let array: UInt8 = 0xDD
    private static let text: UInt8 = 0xDB

    init(_ envelope: Envelope, to key: String) {
        bytes.append(Self.array)
        append(length: 1 + 2 * envelope.fields.count)
        append(Array(key.utf8))
        for field in envelope.fields {
            append(Array(field.name.utf8))
            append(field.value)
        }
    }

    private mutating func append(_ text: [UInt8]) {
        bytes.append(Self.text)
        append(length: text.count)
        bytes += text
    }

    private mutating func append(length: Int) {
        withUnsafeBytes(of: UInt32(truncatingIfNeeded: length).bigEndian) { bytes += $0 }
    }

    /// The stream's key and the message; nil for bytes that no member was made of.
    static func read(_ bytes: [UInt8]) -> (key: String, envelope: Envelope)? {
        var rest = bytes[...]
        guard let count = length(marked: array, of: &rest), count > 1, !count.isMultiple(of: 2) else { return nil }
        var texts: [ArraySlice<UInt8>] = []
        for _ in 0..<count {
            guard let length = length(marked: text, of: &rest), length <= rest.count else { return nil }
            texts.append(rest.prefix(length))
            rest = rest.dropFirst(length)
        }
        let fields = stride(from: 1, to: count, by: 2).map { index in
            Envelope.Field(String(decoding: texts[index], as: UTF8.self), Array(texts[index + 1]))
        }
        return (String(decoding: texts[0], as: UTF8.self), Envelope(fields))
    }

    private static func length(marked mark: UInt8, of bytes: inout ArraySlice<UInt8>) -> Int? {
        guard bytes.first == mark, bytes.count > 4 else { return nil }
        defer { bytes = bytes.dropFirst(5) }
        return bytes.dropFirst().prefix(4).reduce(0) { $0 << 8 | Int($1) }
    }
}
