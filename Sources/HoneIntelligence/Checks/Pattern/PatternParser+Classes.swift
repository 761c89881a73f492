extension PatternParser {
    /// What follows a backslash outside brackets.
    mutating func escape() throws(PatternFault) -> PatternNode {
        switch peek() {
        case "b": anchor(.wordBoundary)
        case "B": anchor(.notWordBoundary)
        case "A": anchor(.textStart)
        case "z": anchor(.textEnd)
        case "Z": anchor(.textEndBeforeBreak)
        case let digit? where ("1"..."9").contains(digit):
            throw PatternFault(reason: "back-references are not supported")
        case "k": throw PatternFault(reason: "back-references are not supported")
        default: .scalar(try escapedSet())
        }
    }

    private mutating func anchor(_ anchor: PatternAnchor) -> PatternNode {
        _ = next()
        return .anchor(anchor)
    }

    private mutating func escapedSet() throws(PatternFault) -> ScalarSet {
        switch next() {
        case "d": return ScalarSet(.digit)
        case "D": return ScalarSet(.digit, isNegated: true)
        case "w": return ScalarSet(.word)
        case "W": return ScalarSet(.word, isNegated: true)
        case "s": return ScalarSet(.space)
        case "S": return ScalarSet(.space, isNegated: true)
        case "p": return try property(isNegated: false)
        case "P": return try property(isNegated: true)
        case "n": return literal("\n")
        case "r": return literal("\r")
        case "t": return literal("\t")
        case "f": return literal("\u{0C}")
        case "v": return literal("\u{0B}")
        case "0": return literal("\0")
        case "x": return literal(try hexadecimal(digits: 2))
        case "u": return literal(try hexadecimal(digits: 4))
        case let scalar? where !scalar.properties.isAlphabetic: return literal(scalar)
        case let scalar?: throw PatternFault(reason: "an unknown escape \\\(scalar)")
        case nil: throw PatternFault(reason: "a \\ at the end")
        }
    }

    private mutating func property(isNegated: Bool) throws(PatternFault) -> ScalarSet {
        let name = take("{") ? take(upTo: "}") : next().map(String.init)
        guard let name, let member = ScalarClass(property: name) else {
            throw PatternFault(reason: "an unknown property")
        }
        return ScalarSet(member, isNegated: isNegated)
    }

    private mutating func hexadecimal(digits: Int) throws(PatternFault) -> Unicode.Scalar {
        var text = ""
        if take("{") {
            text = take(upTo: "}") ?? ""
        } else {
            for _ in 0..<digits { text += next().map(String.init) ?? "" }
        }
        guard let value = UInt32(text, radix: 16), let scalar = Unicode.Scalar(value) else {
            throw PatternFault(reason: "not a character's number")
        }
        return scalar
    }

    /// What follows an opening bracket.
    mutating func scalarSet() throws(PatternFault) -> ScalarSet {
        var set = ScalarSet()
        set.ignoresCase = flags.ignoresCase
        set.isNegated = take("^")
        var isFirst = true
        while isFirst || peek() != "]" {
            isFirst = false
            let member = try setMember()
            if let low = member.ranges.first?.lowerBound, peek() == "-", peek(after: 1) != "]" {
                _ = take("-")
                set.ranges.append(try range(from: low))
            } else {
                set.ranges += member.ranges
                set.classes += member.classes
            }
        }
        _ = take("]")
        return set
    }

    private mutating func range(from low: UInt32) throws(PatternFault) -> ClosedRange<UInt32> {
        guard let high = try setMember().ranges.first?.lowerBound, high >= low else {
            throw PatternFault(reason: "a range that runs backwards")
        }
        return low...high
    }

    private mutating func setMember() throws(PatternFault) -> ScalarSet {
        switch next() {
        case "\\": return take("b") ? ScalarSet("\u{08}") : try escapedSet()
        case "[" where peek() == ":":
            _ = take(":")
            guard let name = take(upTo: ":"), take("]"), let member = ScalarClass(property: name) else {
                throw PatternFault(reason: "an unknown class")
            }
            return ScalarSet(member)
        case let scalar?: return ScalarSet(scalar)
        case nil: throw PatternFault(reason: "a [ without ]")
        }
    }
}
