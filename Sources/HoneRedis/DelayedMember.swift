import HoneBus

/// A message in the delayed set: a MessagePack array of the stream's key and the fields, which the server's Lua reads.
struct DelayedMember {
    private(set) var bytes: [UInt8] = []

    init(_ envelope: Envelope, to key: String) {
        bytes.append(0xDD)
        append(length: 1 + 2 * envelope.fields.count)
        append(Array(key.utf8))
        for field in envelope.fields {
            append(Array(field.name.utf8))
            append(field.value)
        }
    }

    private mutating func append(_ text: [UInt8]) {
        bytes.append(0xDB)
        append(length: text.count)
        bytes += text
    }

    private mutating func append(length: Int) {
        withUnsafeBytes(of: UInt32(truncatingIfNeeded: length).bigEndian) { bytes += $0 }
    }
}
