import Foundation
import HoneCore
import Testing

@Suite("JSON of any kind, read directly")
struct DirectJSONFuzzTests {
    private struct Loose: Codable, Equatable {
        var a: JSONValue?
        var b: String?
        var c: [Double?]?
        var d: [Loose]?
        var e: [String: Int]?
        var f: Int32?
        var K: Bool?
    }

    /// Whether it was read directly; then it must be what `JSONDecoder` reads.
    private func check<Value: Decodable & Equatable>(_ type: Value.Type, _ json: [UInt8]) -> Bool {
        guard let direct = try? DirectJSON.decode(type, from: Data(json)) else { return false }
        let peer = try? JSONDecoder().decode(type, from: Data(json))
        #expect(direct == peer, "\(String(decoding: json, as: UTF8.self))")
        return true
    }

    /// How often documents were read directly, as any of three types.
    private func reads(_ documents: [[UInt8]]) -> Int {
        documents.reduce(0) { count, json in
            count + [check(Loose.self, json), check([Loose].self, json), check(JSONValue.self, json)].count { $0 }
        }
    }

    @Test("is never read otherwise than JSONDecoder reads it")
    func documents() {
        var maker = DocumentMaker(seed: 1)
        #expect(reads((0..<3_000).map { _ in maker.document() }) > 1_500)
    }

    @Test("is never read otherwise than JSONDecoder reads it, whatever is wrong with it")
    func damaged() {
        var maker = DocumentMaker(seed: 2)
        #expect(reads((0..<3_000).map { _ in maker.damaged(maker.document()) }) > 300)
    }
}

/// Documents out of what readers of JSON disagree on, and of what everybody sends.
private struct DocumentMaker {
    private static let names = ["a", "b", "c", "d", "e", "f", "K", "x", #"\u0061"#, "é", "e\u{301}", "\u{212A}", ""]
    private static let numbers = [
        "0", "-0", "7", "-12", "1.5", "1.0", "0.0", "1e3", "1E-7", "5e-324", "1e-400", "1e400", "2147483648",
        "9223372036854775807", "9223372036854775808", "-9223372036854775809", "01", "1.", ".5", "+1", "-", "1e", "0x1",
    ]
    private static let texts = [
        "a", "", "word", "é", "\u{1F600}", #"\n\t\/\\\""#, #"\u00e9"#, #"\ud83d\ude00"#, #"\ud83d"#, #"\ude00x"#,
        #"\u00g0"#,
        #"\q"#, "\u{1}", "\u{7F}", "\u{2028}", #"\u0000"#,
    ]
    private static let spoilers = Array(#"{}[]",:\0123456789.eE+-tfnu \#t"#.utf8) + [0, 0x80, 0xC3, 0xED, 0xFF]

    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func document() -> [UInt8] {
        let isList = chance(3)
        return Array((space() + (isList ? list(depth: 0) : object(depth: 0)) + space() + (chance(60) ? "}" : "")).utf8)
    }

    mutating func damaged(_ document: [UInt8]) -> [UInt8] {
        var bytes = document
        for _ in 0..<Int.random(in: 1...2, using: &random) {
            guard let place = bytes.indices.randomElement(using: &random) else { return bytes }
            let spoiler = Self.spoilers.randomElement(using: &random) ?? 0
            switch Int.random(in: 0..<3, using: &random) {
            case 0: bytes[place] = spoiler
            case 1: bytes.remove(at: place)
            default: bytes.insert(spoiler, at: place)
            }
        }
        return bytes
    }

    private mutating func value(depth: Int) -> String {
        switch Int.random(in: 0..<(depth < 4 ? 10 : 7), using: &random) {
        case 0...1: number()
        case 2...4: text()
        case 5: "null"
        case 6: chance(2) ? "true" : "false"
        case 7: list(depth: depth + 1)
        default: object(depth: depth + 1)
        }
    }

    /// Mostly what a type wants to see under that name.
    private mutating func member(depth: Int) -> String {
        let name = chance(12) ? one(Self.names) : one(Array(Self.names.prefix(8)))
        let fitting =
            switch name {
            case "b": text()
            case "c": "[\(number()),null,\(number())]"
            case "d": "[" + object(depth: depth + 2) + "]"
            case "e": #"{"x":\#(number()),"y":\#(number())}"#
            case "f": number()
            case "K": "true"
            default: value(depth: depth)
            }
        return "\"\(name)\"\(space()):\(space())\(chance(15) ? value(depth: depth) : fitting)"
    }

    private mutating func object(depth: Int) -> String {
        guard depth < 6 else { return "{}" }
        return "{"
            + (0..<Int.random(in: 0...4, using: &random)).map { _ in member(depth: depth) }.joined(separator: ",") + "}"
    }

    private mutating func list(depth: Int) -> String {
        let makesObjects = chance(2)
        let elements = (0..<Int.random(in: 0...3, using: &random)).map { _ in
            makesObjects ? object(depth: depth + 1) : value(depth: depth)
        }
        return "[" + space() + elements.joined(separator: space() + "," + space()) + "]"
    }

    private mutating func number() -> String { chance(6) ? one(Self.numbers) : one(Array(Self.numbers.prefix(5))) }
    private mutating func text() -> String { "\"\(chance(8) ? one(Self.texts) : one(Array(Self.texts.prefix(8))))\"" }
    private mutating func space() -> String { chance(5) ? one([" ", "\n", "\r\n\t", "  "]) : "" }
    private mutating func one(_ choices: [String]) -> String { choices.randomElement(using: &random) ?? "" }
    private mutating func chance(_ outOf: Int) -> Bool { Int.random(in: 0..<outOf, using: &random) == 0 }
}
