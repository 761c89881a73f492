import Foundation
import HoneCore
import Testing

@Suite("Looking JSON over before it is decoded")
struct JSONInspectionTests {
    private func flaw(_ text: String, deepest: Int = 64) -> JSONInspection.Flaw? {
        flaw(Data(text.utf8), deepest: deepest)
    }

    private func flaw(_ data: Data, deepest: Int = 64) -> JSONInspection.Flaw? {
        do throws(JSONInspection.Flaw) {
            try JSONInspection.inspect(data, deepest: deepest)
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "finds nothing wrong with what is right",
        arguments: [
            "{}", "[]", "1", "\"\"", #"{"a":{"a":1},"b":[{"a":1},{"a":1}]}"#, #"["a","a"]"#, #"{"a":"a","b":"a"}"#,
            #"{"\"":1,"\\":2}"#, #"{"a":"{\"b\":1,\"b\":2}"}"#, "[[[]]]", #"{"a":"\\u0000","b":"u0000"}"#, "{\"é\":1}",
            " \t\r\n[ 1 , { \"a\" : true } ] ", "\u{FEFF}{}", "[-0,0.5,-1.25e+3,1E9,false,null]",
            #""\"\\\/\b\f\n\r\t\uD83D\uDE00\u00e9""#, "\"\u{7F}\u{2028}👩‍👩‍👧\"",
        ])
    func right(text: String) {
        #expect(flaw(text) == nil)
        #expect(throws: Never.self) { try WireFormat.decode(JSONValue.self, from: Data(text.utf8)) }
    }

    @Test(
        "finds what is no JSON, though decoders may take it",
        arguments: [
            ("", "expected a value where it ends"), (" ", "expected a value where it ends"),
            ("[1,]", "expected a value at byte 4"), (#"{"a":1,}"#, "expected a name in quotes at byte 8"),
            ("[,1]", "expected a value at byte 2"), ("[1 2]", "expected a comma or ] at byte 4"),
            (#"{"a" 1}"#, "expected a colon at byte 6"), ("{a:1}", "expected a name in quotes at byte 2"),
            (#"{"a":1 "b":2}"#, "expected a comma or } at byte 8"), ("[1}", "expected a comma or ] at byte 3"),
            ("{", "expected a name in quotes where it ends"), ("[1", "expected a comma or ] where it ends"),
            ("{} {}", "expected the end at byte 4"), ("01", "expected the end at byte 2"),
            ("-", "expected a digit where it ends"), ("1.", "expected a digit where it ends"),
            (".5", "expected a value at byte 1"), ("+1", "expected a value at byte 1"),
            ("1e", "expected a digit where it ends"), ("0x1", "expected the end at byte 2"),
            ("NaN", "expected a value at byte 1"), ("-Infinity", "expected a digit at byte 2"),
            ("nul", "expected a value at byte 1"), ("truefalse", "expected the end at byte 5"),
            ("'a'", "expected a value at byte 1"), ("/**/1", "expected a value at byte 1"),
            ("\"a", "expected a closing quote where it ends"), (#""\"#, "expected an escape of JSON where it ends"),
            (#""\x""#, "expected an escape of JSON at byte 3"),
            (#""\u12g4""#, "expected a hexadecimal digit at byte 6"),
            ("\"a\nb\"", "expected an escape in place of a control character at byte 3"),
            (#""\ud800""#, "half a character is escaped before byte 8"),
            (#""\ud800\u0041""#, "half a character is escaped before byte 14"),
            (#""\udc00""#, "half a character is escaped before byte 8"),
            ("\u{FEFF}\u{FEFF}1", "expected a value at byte 4"), ("\u{A0}1", "expected a value at byte 1"),
            ("{\0\"\0a\0\"\0:\0", "expected a name in quotes at byte 2"),
        ])
    func wrong(text: String, reason: String) {
        #expect(flaw(text) == .unreadable(reason), "\(text)")
    }

    @Test("a name that an object has twice is found, however it is spelt and wherever it stands")
    func duplicates() {
        #expect(flaw(#"{"a":1,"a":2}"#) == .unreadable("a is there twice"))
        #expect(flaw(#"{"a":1,"\u0061":2}"#) == .unreadable("a is there twice"))
        #expect(flaw(#"[0,{"x":{"a":[],"b":{},"a":0}}]"#) == .unreadable("[1].x.a is there twice"))
        #expect(flaw(#"{"":1,"":2}"#) != nil)
    }

    @Test("nesting has an end")
    func depth() {
        #expect(flaw("[[]]", deepest: 2) == nil)
        #expect(flaw(#"[{"a":[]}]"#, deepest: 2) == .unreadable("it is nested deeper than 2 levels"))
        #expect(flaw(String(repeating: "[", count: 1_000_000)) == .unreadable("it is nested deeper than 64 levels"))
        #expect(flaw("[" + String(repeating: "[],", count: 1_000) + "0]") == nil)
    }

    @Test("what is large is looked over whole")
    func large() {
        let members = (0..<50_000).map { "\"name \($0)\":[\($0)]" }.joined(separator: ",")
        #expect(flaw("{\(members)}") == nil)
        #expect(flaw("{\(members),\"name 7\":0}") == .unreadable("name 7 is there twice"))
        #expect(flaw("[\"\(String(repeating: "é\\n", count: 500_000))\",1") != nil)
    }

    @Test("the character zero is found with its place")
    func zero() {
        func fault(_ path: String) -> JSONInspection.Flaw {
            .unusable(InvalidValue(path: path, found: "the character U+0000", expected: "text without it"))
        }
        #expect(flaw(#"{"a":[1,{"b":"x\u0000y"}]}"#) == fault("a[1].b"))
        #expect(flaw(#""\u0000""#) == fault(""))
        #expect(flaw(#"{"a\u0000":1}"#) == fault("a\u{FFFD}"))
        #expect(flaw(#"{"a":"\\\u0000"}"#) == fault("a"))
    }

    @Test("bytes that are no UTF-8 are found")
    func encoding() {
        for bytes in [
            [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0x22, 0xE2, 0x82, 0x22], [0xF8, 0x88, 0x80, 0x80, 0x80],
        ] as [[UInt8]] {
            #expect(flaw(Data(bytes)) == .unreadable("it is not UTF-8"), "\(bytes)")
        }
    }

    @Test("whatever it is given, it ends; and what it lets pass, the decoder reads")
    func fuzz() {
        var generator = SplitMix64(seed: 4)
        let alphabet = Array(#"{}[]",:\u0a1 tfn"#.utf8) + [0, 0x80, 0xFF, 0xC3, 0xA9]
        for _ in 0..<20_000 {
            let length = Int.random(in: 0...40, using: &generator)
            let data = Data((0..<length).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)] })
            if flaw(data) == nil {
                #expect(throws: Never.self, "\(data)") { try WireFormat.decode(JSONValue.self, from: data) }
            }
        }
    }
}
