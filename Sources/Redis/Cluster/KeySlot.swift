/// One of the 16,384 parts into which a cluster divides its keys.
///
/// Source: the Redis Cluster specification, "Key distribution model" and "Hash tags".
public struct KeySlot: Sendable, Hashable, Comparable {
    public static let count = 16_384

    public let number: Int

    init(number: Int) { self.number = number }

    /// Keys with the same text between the first `{` and the next `}` share a slot, unless that text is empty.
    public init(of key: String) { self.init(of: key.utf8) }

    init(of key: RedisArgument) {
        switch key {
        case .string(let text): self.init(of: text.utf8)
        case .bytes(let bytes): self.init(of: bytes)
        case .texts(let texts): self.init(of: texts.first ?? [])
        case .integer(let number): self.init(of: "\(number)".utf8)
        }
    }

    private init(of key: some Collection<UInt8>) {
        number = Int(CRC16.checksum(of: Self.tag(of: key))) % Self.count
    }

    private static func tag<Key: Collection<UInt8>>(of key: Key) -> Key.SubSequence {
        guard let open = key.firstIndex(of: UInt8(ascii: "{")) else { return key[...] }
        let rest = key[key.index(after: open)...]
        guard let close = rest.firstIndex(of: UInt8(ascii: "}")), close != rest.startIndex else { return key[...] }
        return rest[..<close]
    }

    public static func < (left: Self, right: Self) -> Bool { left.number < right.number }
}

/// CRC-16/XMODEM: polynomial 1021, nothing reflected, beginning with zero.
private enum CRC16 {
    static func checksum(of bytes: some Collection<UInt8>) -> UInt16 {
        bytes.reduce(0) { checksum, byte in checksum << 8 ^ table[Int(checksum >> 8 ^ UInt16(byte))] }
    }

    private static let table: [UInt16] = (0..<256).map { index in
        (0..<8).reduce(UInt16(index) << 8) { value, _ in value & 0x8000 == 0 ? value << 1 : value << 1 ^ 0x1021 }
    }
}
