import Foundation
import HoneCore
import Testing

struct DirectJSONTests {
    private static let peer = {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }()

    private func check(_ value: some Encodable, _ location: SourceLocation = #_sourceLocation) throws {
        let direct = String(decoding: try DirectJSON.encode(value), as: UTF8.self)
        #expect(try direct == String(decoding: Self.peer.encode(value), as: UTF8.self), sourceLocation: location)
    }

    private struct Sample: Encodable {
        var zebra = "last"
        var apple: Int? = 1
        var gone: Int?
        var small: UInt8 = 255
        var far = Int64.min
        var list = [1.5, 2, -0.0]
        var nested = ["b": ["x"], "a": []]
        var nothing: [String: Int] = [:]
        var unknown = Optional<String>.none as String??
        var id = TaskID(UUID())
        var kind = TaskStatus.completed
    }

    @Test("writes the bytes that JSONEncoder writes")
    func sameBytes() throws {
        try check(Sample())
        try check([Sample(), Sample()])
        try check("text")
        try check([String?]([nil, "x"]))
        try check([[Int]]([[], [1], [2, 3]]))
    }

    @Test("escapes texts as JSONEncoder does")
    func escapes() throws {
        let characters = (0..<0x250).compactMap { UnicodeScalar($0 as Int).map { String(Character($0)) } }
        for text in characters + ["\u{2028}", "👩‍🚀", "a/b", "é", "e\u{301}", "\u{FFFD}"] {
            try check([text, "x\(text)y"])
        }
        try check(Dictionary(uniqueKeysWithValues: ["b\"", "a\n", "ü", "z", "Z", ""].map { ($0, 1) }))
    }

    @Test(
        "writes numbers as JSONEncoder does",
        arguments: [
            0, -0.0, 1, -1, 0.1, 1e15, 1e16, 1e17, 123_456_789_012_345_680, 1e-5, Double.leastNonzeroMagnitude,
            .greatestFiniteMagnitude,
            1 / 3,
        ])
    func numbers(_ number: Double) throws {
        try check([number])
        try check(JSONValue.array([.number(number)]))
    }

    @Test("writes any document as JSONEncoder does")
    func documents() throws {
        let document: JSONValue = [
            "z": [1, 2.5, nil, true, false], "a": ["b": ["c": "d\u{1}"], "": []], "empty": [:], "big": .integer(.max),
        ]
        try check(document)
        try check(["in": document])
    }

    @Test("of two members of one name the later counts")
    func twice() throws {
        struct Twice: Encodable {
            enum Keys: String, CodingKey { case a, b }
            func encode(to encoder: any Encoder) throws {
                var first = encoder.container(keyedBy: Keys.self)
                try first.encode(1, forKey: .b)
                try first.encode(1, forKey: .a)
                var second = encoder.container(keyedBy: Keys.self)
                try second.encode(2, forKey: .a)
            }
        }
        try check(Twice())
    }

    @Test("refuses what it does not know")
    func refusals() {
        struct Nothing: Encodable { func encode(to encoder: any Encoder) {} }
        struct Nested: Encodable {
            enum Keys: CodingKey { case a }
            func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: Keys.self)
                var inner = container.nestedUnkeyedContainer(forKey: .a)
                try inner.encode(1)
            }
        }
        #expect(throws: (any Error).self) { try DirectJSON.encode(Nothing()) }
        #expect(throws: (any Error).self) { try DirectJSON.encode(Nested()) }
        #expect(throws: (any Error).self) { try DirectJSON.encode([Double.nan]) }
        #expect(throws: (any Error).self) { try DirectJSON.encode([Date.now]) }
        #expect(throws: (any Error).self) { try DirectJSON.encode([Data([1])]) }
    }

    @Test("what it refuses, the wire format still writes")
    func fallback() throws {
        #expect(try WireFormat.encode(["at": Data([1])]) == Data(#"{"at":"AQ=="}"#.utf8))
        let moment = Date(timeIntervalSince1970: 0.5)
        #expect(try WireFormat.encode(["at": moment]) == Data(#"{"at":"1970-01-01T00:00:00.500Z"}"#.utf8))
    }
}
