import Foundation
import HoneCore
import HoneIntelligence

/// Documents and texts as nobody would send them in good faith. The same seed gives the same ones.
struct FuzzSource {
    static let seeds: [UInt64] = [1, 2, 3]

    private var generator: SplitMix64

    init(seed: UInt64) {
        generator = SplitMix64(seed: seed)
    }

    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }

    mutating func chance(_ share: Double) -> Bool { Double.random(in: 0..<1, using: &generator) < share }

    mutating func bytes(_ count: ClosedRange<Int>) -> [UInt8] {
        (0..<number(count)).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }

    private static let fragments = [
        "", "a", "q=0", "q=nan", "limit", "\"", "'", "\\", "' or 1=1 --", "<script>alert(1)</script>", "../../etc",
        "%00", "%", "%ff", "&", "=", ";", ",", "*/*", "W/", "hone_", "-", "-1", "0", "18446744073709551616", "1e999",
        "\r\n", "\n", "\t", " ", "é", "\u{202E}", "👩‍👩‍👧", "\u{FEFF}", "ﬀ", "null", "{}",
        "[", "application/json", "**", ":id",
    ]

    mutating func text(_ parts: ClosedRange<Int> = 0...8) -> String {
        (0..<number(parts)).map { _ in pick(Self.fragments) }.joined()
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[number(0...(elements.count - 1))] }
}

extension FuzzSource {
    /// Any document without the character zero.
    mutating func json(depth: Int = 5) -> JSONValue {
        switch number(0...(depth > 0 ? 6 : 4)) {
        case 0: .null
        case 1: .bool(chance(0.5))
        case 2: .integer(Int64(number(-1_000_000...1_000_000)))
        // With a fraction always: 1.0 is written as 1, and reads back as an integer.
        case 3: .number((Double(number(-1_000...1_000)) + 0.5) / 8)
        case 4: .string(text())
        case 5: .array((0..<number(0...4)).map { _ in json(depth: depth - 1) })
        default: .object(object(depth: depth - 1))
        }
    }

    private mutating func object(depth: Int) -> [String: JSONValue] {
        (0..<number(0...4)).reduce(into: [:]) { members, _ in members[text(0...3)] = json(depth: depth) }
    }

    /// The document with a few of its bytes changed, doubled, taken out, or others put in between.
    mutating func damaged(_ document: Data) -> Data {
        var bytes = [UInt8](document)
        for _ in 0..<number(1...4) {
            let place = number(0...max(0, bytes.count - 1))
            switch number(0...4) {
            case 0 where !bytes.isEmpty: bytes[place] = UInt8(number(0...255))
            case 1 where !bytes.isEmpty: bytes.remove(at: place)
            case 2: bytes.insert(contentsOf: bytes.dropFirst(place).prefix(number(0...40)), at: place)
            case 3: bytes.insert(contentsOf: pick(["{", "[", "\"", ",", ":", "\\u0000", "1e999"]).utf8, at: place)
            default: bytes.removeLast(min(bytes.count, number(0...20)))
            }
        }
        return Data(bytes)
    }

    /// A document of which one member was changed for any other value.
    mutating func bent(_ document: JSONValue) -> JSONValue {
        guard case .object(var members) = document, let name = members.keys.sorted().first(where: { _ in chance(0.4) })
        else { return json() }
        members[name] = chance(0.5) ? json() : bent(members[name] ?? .null)
        return .object(members)
    }
}
