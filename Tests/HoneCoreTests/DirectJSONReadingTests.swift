import Foundation
import HoneCore
import Testing

struct DirectJSONReadingTests {
    private struct Sample: Codable, Equatable {
        struct Inner: Codable, Equatable {
            var deep: [[Int]]
            var note: String?
        }
        var id: TaskID
        var name: String
        var share: Double
        var count: Int
        var small: Int32
        var isDone: Bool
        var missing: String?
        var empty: Double?
        var tags: [String?]
        var ages: [String: Int]
        var inner: Inner
        var status: TaskStatus
        var any: JSONValue
    }

    private static let sample = #"""
        {"id": "0b7c1d52-5a0e-5c3f-9a44-6b1f0e2d7a01", "name": "caf\u00e9 \"\ud83d\ude00\" \n", "share": 0.30000000000000004,
         "count": -12, "small": 7, "isDone": true, "empty": null, "tags": ["a", null, ""], "ages": {"ann": 1, "ben": 2},
         "inner": {"deep": [[], [1, 2]], "unknown": [{}]}, "status": "running", "more": {"x": [1.5]},
         "any": {"list": [null, true, 1, -2.5, 1e-3, "t"], "none": {}}}
        """#

    /// Whether it was read directly; then it must be what `JSONDecoder` reads.
    @discardableResult
    private func check<Value: Decodable & Equatable>(_ type: Value.Type, _ json: some Sequence<UInt8>) -> Bool {
        let data = Data(json)
        guard let direct = try? DirectJSON.decode(type, from: data) else { return false }
        let peer = try? JSONDecoder().decode(type, from: data)
        #expect(direct == peer, "\(String(decoding: data, as: UTF8.self))")
        return true
    }

    @Test("reads what JSONDecoder reads")
    func same() {
        #expect(check(Sample.self, Self.sample.utf8))
        #expect(check([Sample].self, "[\(Self.sample), \(Self.sample)]".utf8))
        #expect(check(JSONValue.self, Self.sample.utf8))
    }

    @Test(
        "reads numbers as JSONDecoder does",
        arguments: [
            "0", "-0", "7", "-7", "0.1", "-0.0", "1e3", "1.5e-7", "123456789012345", "123456789012345678",
            "1234567890123456789", "12345678901234567890", "9223372036854775807", "-9223372036854775808",
            "9223372036854775808", "-9223372036854775809", "0.0", "-0e5", "1e-400", "2e-324", "-1e-310", "255", "256",
            "9007199254740993", "0.1000000000000000055511151231257827",
            "2.2250738585072014e-308", "5e-324", "1e400", "1.0", "100000000000000000000.5", "4.0000000000000001",
        ])
    func numbers(_ number: String) {
        let document = "[\(number)]".utf8
        check([Double].self, document)
        check([Int].self, document)
        check([Int32].self, document)
        check([Int64].self, document)
        check([UInt8].self, document)
        check([JSONValue].self, document)
    }

    @Test("reads the largest whole numbers itself")
    func largest() {
        #expect(check([Int64].self, "[9223372036854775807, -9223372036854775808]".utf8))
        #expect(check([JSONValue].self, "[9223372036854775807, -9223372036854775808]".utf8))
    }

    @Test("reads escapes as JSONDecoder does")
    func escapes() {
        let texts = [
            #"\"\\\/\b\f\n\r\t"#, #"\u0041\u00e9\u20AC\uD83D\uDE00"#, #"\ud83d"#, #"\ude00\ud83d"#, #"\ud83dx"#,
            #"\u00g0"#,
            #"\u+041"#, #"\x"#, #"\u004"#, "\u{1}", "é\u{2028}", #"\u0000"#,
        ]
        let read = texts.filter { check([String].self, #"["\#($0)"]"#.utf8) }
        #expect(read.count == 4)
    }

    @Test(
        "leaves to JSONDecoder what it may read otherwise, also where the reader takes an error for an answer",
        arguments: [
            "1.0", "1e2", "12345678901234567890", #"{"a\u0062":1}"#, #"{"a":1,"a":2}"#, "[1,]", "\u{FEFF}1",
            #"{"é":1}"#, "[01]", "[1] 2",
            String(repeating: "[", count: 65) + String(repeating: "]", count: 65),
        ])
    func left(_ json: String) {
        struct Lenient: Decodable {
            init(from decoder: any Decoder) throws {
                if (try? decoder.singleValueContainer().decode(Int.self)) != nil { return }
                _ = try? decoder.container(keyedBy: Name.self).allKeys
            }
            struct Name: CodingKey {
                var stringValue: String
                var intValue: Int? { nil }
                init(stringValue: String) { self.stringValue = stringValue }
                init?(intValue: Int) { nil }
            }
        }
        #expect(throws: (any Error).self) { try DirectJSON.decode(Lenient.self, from: Data(json.utf8)) }
    }

    @Test("leaves an object with more names than it may look for one by one, unless it is read as it stands")
    func wide() {
        let wide = "{" + (0..<500).map { "\"n\($0)\":\($0)" }.joined(separator: ",") + "}"
        #expect(!check([String: Int].self, wide.utf8))
        #expect(check(JSONValue.self, wide.utf8))
    }

    @Test("what it leaves, the wire format still reads")
    func fallback() throws {
        #expect(try WireFormat.decode([Int].self, from: Data("[1.0]".utf8)) == [1])
        #expect(try WireFormat.decode([String: Int].self, from: Data(#"{"a\u0062":1}"#.utf8)) == ["ab": 1])
        #expect(try WireFormat.decode([Data].self, from: Data(#"["AQ=="]"#.utf8)) == [Data([1])])
        let long = String(repeating: "x", count: 20_000)
        #expect(throws: (any Error).self) { try DirectJSON.decode([String].self, from: Data(#"["\#(long)"]"#.utf8)) }
        #expect(try WireFormat.decode([String].self, from: Data(#"["\#(long)"]"#.utf8)) == [long])
        let moment = Data(#"["1970-01-01T00:00:00.500Z"]"#.utf8)
        #expect(try WireFormat.decode([Date].self, from: moment) == [Date(timeIntervalSince1970: 0.5)])
    }
}
