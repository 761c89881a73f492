/// The characters that one place of a pattern accepts.
struct ScalarSet: Sendable {
    var ranges: [ClosedRange<UInt32>] = []
    var classes: [(ScalarClass, isNegated: Bool)] = []
    var isNegated = false
    var ignoresCase = false

    init(_ scalar: Unicode.Scalar) { ranges = [scalar.value...scalar.value] }
    init(_ member: ScalarClass, isNegated: Bool = false) { classes = [(member, isNegated)] }
    init() {}

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        (hasMember(scalar) || (ignoresCase && hasMemberInOtherCase(scalar))) != isNegated
    }

    private func hasMember(_ scalar: Unicode.Scalar) -> Bool {
        ranges.contains { $0.contains(scalar.value) }
            || classes.contains { $0.0.contains(scalar) != $0.isNegated }
    }

    private func hasMemberInOtherCase(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            let isLetter = (UInt32(97)...122).contains(scalar.value | 0x20)
            return isLetter && Unicode.Scalar(scalar.value ^ 0x20).map(hasMember) ?? false
        }
        return [scalar.properties.lowercaseMapping, scalar.properties.uppercaseMapping].contains { mapping in
            mapping.unicodeScalars.count == 1 && mapping.unicodeScalars.first.map(hasMember) ?? false
        }
    }
}

/// A named kind of character.
enum ScalarClass: Sendable {
    case any, anyButBreak, digit, word, space, letter, uppercase, lowercase, number, punctuation, symbol

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        switch self {
        case .any: true
        case .anyButBreak: scalar != "\n" && scalar != "\r"
        case .digit: scalar.properties.generalCategory == .decimalNumber
        case .word: scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        case .space: scalar.properties.isWhitespace
        case .letter: scalar.properties.isAlphabetic
        case .uppercase: scalar.properties.isUppercase
        case .lowercase: scalar.properties.isLowercase
        case .number: scalar.properties.numericType != nil
        case .punctuation: Character(scalar).isPunctuation
        case .symbol: Character(scalar).isSymbol
        }
    }

    /// The class of a Unicode property name as in `\p{L}`.
    init?(property name: String) {
        switch name {
        case "L", "Letter", "Alphabetic", "alpha": self = .letter
        case "Lu", "Uppercase", "upper": self = .uppercase
        case "Ll", "Lowercase", "lower": self = .lowercase
        case "N", "Number": self = .number
        case "Nd", "digit": self = .digit
        case "P", "Punctuation", "punct": self = .punctuation
        case "S", "Symbol": self = .symbol
        case "Z", "White_Space", "space": self = .space
        default: return nil
        }
    }
}
