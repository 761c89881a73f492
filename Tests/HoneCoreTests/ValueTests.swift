import Foundation
import HoneCore
import Testing

@Suite("values")
struct ValueTests {
    @Test(
        "a text is trimmed of white space of every kind, and of nothing else",
        arguments: [
            ("", ""), ("a", "a"), (" a\n", "a"), ("\t\r\n", ""), ("\u{3000}ä\u{A0}", "ä"), ("a b", "a b"), ("é", "é"),
            ("a\u{2028}", "a"), ("\u{0}", "\u{0}"),
        ])
    func trimming(_ text: String, _ trimmed: String) { #expect(text.trimmed == trimmed) }

    @Test("JSON survives a round trip with integers and fractions apart")
    func json() throws {
        let text = #"{"a":[1,2.5,true,null,"x"],"big":9007199254740993,"neg":-0.125}"#
        let value = try WireFormat.decode(JSONValue.self, from: Data(text.utf8))
        #expect(value["big"] == .integer(9_007_199_254_740_993))
        #expect(value["a"]?[1] == .number(2.5))
        #expect(value["a"]?[2] == .bool(true))
        #expect(String(decoding: try WireFormat.encode(value), as: UTF8.self) == text)
    }

    @Test("true and 1 are not the same JSON")
    func booleans() throws {
        let value = try WireFormat.decode(JSONValue.self, from: Data("[true,1,1.0]".utf8))
        #expect(value[0] == .bool(true))
        #expect(value[1] == .integer(1))
    }

    private struct Order: Decodable {
        struct Line: Decodable { var count: Int, price: Double }
        var number: Int
        var lines: [Line]
    }

    @Test(
        "a number that its field cannot hold is named, among others that fit",
        arguments: [
            (#"{"number":4.5,"lines":[]}"#, "number", "4.5"),
            (#"{"number":99999999999999999999,"lines":[{"count":1,"price":0.5}]}"#, "number", "1e+20"),
            (#"{"number":1,"lines":[{"count":1,"price":0.5},{"count":2.5,"price":0.5}]}"#, "lines[1].count", "2.5"),
            (#"{"number":4.5,"lines":[{"count":2.5,"price":0.5}]}"#, "number", "4.5"),
            (#"{"number":4.5,"lines":7}"#, "number", "4.5"),
        ])
    func misfits(_ text: String, _ path: String, _ found: String) throws {
        let fault = try #require(throws: InvalidValue.self) {
            try WireFormat.decode(Order.self, from: Data(text.utf8))
        }
        #expect(fault == InvalidValue(path: path, found: found, expected: "an integer"))
    }

    @Test("what is no JSON is still called so")
    func noJSON() throws {
        for text in ["{", #"{"number":1e999,"lines":[]}"#, ""] {
            let fault = try #require(throws: InvalidValue.self) {
                try WireFormat.decode(Order.self, from: Data(text.utf8))
            }
            #expect(fault.isUnreadable, "\(text): \(fault)")
        }
    }

    @Test("times are read with and without fraction and offset, and written in UTC with milliseconds")
    func times() throws {
        let expected = Date(timeIntervalSince1970: 1_795_250_400)
        for text in ["2026-11-21T08:40:00Z", "2026-11-21T08:40:00.000Z", "2026-11-21T09:40:00+01:00"] {
            #expect(WireFormat.date(from: text) == expected, "\(text)")
        }
        #expect(WireFormat.text(of: expected.addingTimeInterval(0.125)) == "2026-11-21T08:40:00.125Z")
        #expect(WireFormat.date(from: "soon") == nil)
    }

    @Test("a secret never shows in print, interpolation, reflection or a dump")
    func secrets() {
        let secret = Secret("sk-very-private")
        var dumped = ""
        dump(secret, to: &dumped)
        for text in ["\(secret)", String(reflecting: secret), String(describing: [secret]), dumped] {
            #expect(!text.contains("private"))
        }
        #expect(secret.exposed == "sk-very-private")
    }

    @Test(
        "priorities choose lanes",
        arguments: [(9, Lane.interactive), (7, .interactive), (6, .standard), (3, .standard), (2, .batch), (0, .batch)])
    func lanes(priority: Int, lane: Lane) {
        #expect(Lane(priority: priority) == lane)
    }

    @Test(
        "every expectation survives JSON",
        arguments: [
            HoneCore.Expectation.equals(["a": 1]), .contains(["x", "y"]), .regex("^a+$"),
            .number(value: 2.5, tolerance: 0.1),
            .jsonSchema(["type": "object"]), .choice("positive"),
        ])
    func expectations(_ expectation: HoneCore.Expectation) throws {
        let data = try WireFormat.encode(expectation)
        #expect(try WireFormat.decode(HoneCore.Expectation.self, from: data) == expectation)
    }
}
