import Foundation

/// Text behind its disguises: what a model that has read everything makes of it.
enum Disguise {
    /// Lower case, compatibility forms resolved, invisible characters gone, letters that look like Latin ones made so.
    static func plain(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.precomposedStringWithCompatibilityMapping.unicodeScalars {
            switch scalar.value {
            // Tag characters spell ASCII that nobody sees.
            case 0xE0020...0xE007E: result.append(UnicodeScalar(UInt8(scalar.value - 0xE0000)))
            case 0xAD, 0x34F, 0x180E, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0x2066...0x2069,
                0xFE00...0xFE0F,
                0xFEFF:
                continue
            default: result.append(lookalikes[scalar] ?? scalar)
            }
        }
        return String(result).lowercased()
    }

    private static let lookalikes: [UnicodeScalar: UnicodeScalar] = {
        let foreign = "аеорсухіѕјԁһɡѵАЕОРСУХІЅЈВМНТКαοριντΑΒΕΖΗΙΚΜΝΟΡΤΥΧ"
        let latin = "aeopcyxisjdhgvAEOPCYXISJBMHTKaopivtABEZHIKMNOPTYX"
        return Dictionary(zip(foreign.unicodeScalars, latin.unicodeScalars)) { first, _ in first }
    }()

    /// The text, and whatever it can be decoded to.
    static func readings(of text: String) -> [String] {
        let words = text.split { $0.isWhitespace || "\"'`<>()".contains($0) }.map(String.init)
        let decoded = words.filter { $0.count >= 12 }.flatMap { word in
            [base64(word), hex(word), word.removingPercentEncoding].compactMap(\.self)
        }
        let whole = [
            text, plain(text), rotated(text), String(text.reversed()), unescaped(text), unspaced(text), unleeted(text),
        ]
        return whole + decoded.map(plain)
    }

    private static func base64(_ word: String) -> String? {
        Data(base64Encoded: word).flatMap { String(data: $0, encoding: .utf8) }
    }

    private static func hex(_ word: String) -> String? {
        guard word.count.isMultiple(of: 2) else { return nil }
        let digits = Array(word)
        let bytes = stride(from: 0, to: digits.count, by: 2).compactMap {
            UInt8(String(digits[$0...$0 + 1]), radix: 16)
        }
        return bytes.count == digits.count / 2 ? String(data: Data(bytes), encoding: .utf8) : nil
    }

    private static func rotated(_ text: String) -> String {
        String(
            text.lowercased().map { character in
                guard let letter = character.asciiValue, (97...122).contains(letter) else { return character }
                return Character(UnicodeScalar((letter - 97 + 13) % 26 + 97))
            })
    }

    /// `\u0041` and `&#65;`.
    private static func unescaped(_ text: String) -> String {
        text.replacing(/\\u([0-9a-fA-F]{4})/) { character($0.output.1, radix: 16) }
            .replacing(/&#([0-9]{2,5});/) { character($0.output.1, radix: 10) }
    }

    private static func character(_ digits: Substring, radix: Int) -> String {
        UInt32(digits, radix: radix).flatMap(UnicodeScalar.init).map { String(Character($0)) } ?? ""
    }

    /// G i v e  i t …
    private static func unspaced(_ text: String) -> String {
        text.replacing(/\b(?:\S ){4,}\S/) { $0.output.split(separator: " ").joined() }.lowercased()
    }

    private static func unleeted(_ text: String) -> String {
        let letters: [Character: Character] = ["3": "e", "4": "a", "@": "a", "$": "s", "7": "t", "!": "i"]
        return String(text.lowercased().map { letters[$0] ?? $0 })
    }
}
