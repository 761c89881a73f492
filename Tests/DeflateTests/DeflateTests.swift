import Deflate
import Testing

@Suite("Deflate")
struct DeflateTests {
    private static let hello = Array("Hello".utf8)

    @Test(
        "the examples of RFC 7692, section 7.2.3, are read",
        arguments: [
            [0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00],
            [0x00, 0x05, 0x00, 0xFA, 0xFF, 0x48, 0x65, 0x6C, 0x6C, 0x6F, 0x00],
            [0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00, 0x00],
            [0xF2, 0x48, 0x05, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xCA, 0xC9, 0xC9, 0x07, 0x00],
        ] as [[UInt8]])
    func examples(_ bytes: [UInt8]) throws {
        #expect(try Deflate.inflate(bytes, limit: 5) == Self.hello)
    }

    @Test("the empty message is one byte")
    func empty() throws {
        #expect(try Deflate.inflate([0x00], limit: 0).isEmpty)
        #expect(Deflate.deflate([]) == nil)
    }

    @Test("what was deflated is what comes back, whatever its size", arguments: [1_024, 4_095, 65_536, 1_048_576])
    func roundTrip(_ count: Int) throws {
        let message = (0..<count).map { UInt8(truncatingIfNeeded: ($0 * $0) >> 7) & 0x1F | 0x40 }
        let deflated = try #require(Deflate.deflate(message))
        #expect(deflated.count < count)
        #expect(try Deflate.inflate(deflated, limit: count) == message)
    }

    @Test("nothing reaches further back than the window that is promised")
    func window() throws {
        var generator = SystemRandomNumberGenerator()
        let noise = (0..<5_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
        // Noise is small only where it repeats, and here it repeats too far back.
        #expect(Deflate.deflate(noise + noise) == nil)
        let near = Array(noise.prefix(3_000))
        #expect((Deflate.deflate(near + near)?.count ?? .max) < 3_500)
    }

    @Test("what would not become smaller stays as it is")
    func noise() {
        var generator = SystemRandomNumberGenerator()
        #expect(Deflate.deflate((0..<4_096).map { _ in .random(in: 0...255, using: &generator) }) == nil)
        #expect(Deflate.deflate([65]) == nil)
    }

    @Test("a message that grows beyond the limit is not inflated further")
    func bomb() throws {
        let bomb = try #require(Deflate.deflate(Array(repeating: 0, count: 8_000_000)))
        #expect(bomb.count < 40_000)
        #expect(throws: DeflateError.tooLarge) { try Deflate.inflate(bomb, limit: 65_536) }
        #expect(throws: DeflateError.tooLarge) { try Deflate.inflate(bomb, limit: 7_999_999) }
        #expect(try Deflate.inflate(bomb, limit: 8_000_000).count == 8_000_000)
    }

    @Test("whatever bytes come, they end, as a message within the limit or as an error")
    func fuzz() throws {
        var generator = SystemRandomNumberGenerator()
        let whole = try #require(Deflate.deflate((0..<2_000).map { UInt8($0 % 97) }))
        for _ in 0..<5_000 {
            var bytes = Bool.random(using: &generator) ? whole : []
            for _ in 0..<Int.random(in: 1...40, using: &generator) {
                let byte = UInt8.random(in: 0...255, using: &generator)
                bytes.insert(byte, at: .random(in: 0...bytes.count, using: &generator))
            }
            let message = try? Deflate.inflate(bytes, limit: 1_000)
            #expect(message?.count ?? 0 <= 1_000)
        }
    }

    @Test("what is no DEFLATE, or a part of it, is refused")
    func malformed() throws {
        for bytes in [[], [0xFF], [0x07], [0x00, 0x05, 0x00, 0x00, 0x00, 1], [0xF2, 0x48, 0xCD]] as [[UInt8]] {
            #expect(throws: DeflateError.malformed, "\(bytes)") { try Deflate.inflate(bytes, limit: 100) }
        }
        let whole = try #require(Deflate.deflate(Array(repeating: Self.hello, count: 300).flatMap(\.self)))
        for count in 0..<whole.count {
            #expect(throws: DeflateError.self, "\(count) of \(whole.count) bytes") {
                try Deflate.inflate(Array(whole.prefix(count)), limit: 2_000)
            }
        }
    }
}
