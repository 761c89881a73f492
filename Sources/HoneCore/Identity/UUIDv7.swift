public import Foundation

extension UUID {
    /// A time-ordered id (RFC 9562 §5.7): 48 bits of milliseconds since 1970, 74 random bits.
    public static func v7(at time: Date, using generator: inout some RandomNumberGenerator) -> UUID {
        let milliseconds = UInt64(max(0, time.timeIntervalSince1970 * 1_000))
        let high = milliseconds << 16 | 0x7000 | UInt64.random(in: 0...0xFFF, using: &generator)
        let low = 0x8000_0000_0000_0000 | UInt64.random(in: 0...0x3FFF_FFFF_FFFF_FFFF, using: &generator)
        return UUID(high: high, low: low)
    }

    init(high: UInt64, low: UInt64) {
        let bytes = withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { Array($0) }
        self = bytes.withUnsafeBytes { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
    }
}

extension Identifier {
    /// A new id of this moment.
    public static func new(
        at time: Date = Date(), using generator: inout some RandomNumberGenerator
    ) -> Identifier {
        Identifier(.v7(at: time, using: &generator))
    }

    /// A new id of this moment from the system's generator.
    public static func new(at time: Date = Date()) -> Identifier {
        var generator = SystemRandomNumberGenerator()
        return new(at: time, using: &generator)
    }
}
