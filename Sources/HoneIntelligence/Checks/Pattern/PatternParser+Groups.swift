extension PatternParser {
    /// What follows an opening parenthesis.
    mutating func group() throws(PatternFault) -> PatternNode {
        let outer = flags
        if take("?") {
            if take("<") || (peek() == "P" && peek(after: 1) == "<" && take("P") && take("<")) {
                try groupName()
            } else if !take(":") {
                try groupFlags()
                // `(?i)` holds until the enclosing group ends, which restores the flags.
                if take(")") { return .empty }
                guard take(":") else { throw PatternFault(reason: "an unknown kind of group") }
            }
        }
        let node = try alternatives()
        guard take(")") else { throw PatternFault(reason: "a ( without )") }
        flags = outer
        return node
    }

    private mutating func groupName() throws(PatternFault) {
        guard peek() != "=", peek() != "!" else { throw PatternFault(reason: "look-behind is not supported") }
        guard take(upTo: ">") != nil else { throw PatternFault(reason: "a group's name without >") }
    }

    private mutating func groupFlags() throws(PatternFault) {
        var isOn = true
        while let flag = peek(), flag != ")", flag != ":" {
            switch next() {
            case "i": flags.ignoresCase = isOn
            case "m": flags.anchorsMatchLines = isOn
            case "s": flags.dotMatchesBreaks = isOn
            case "-": isOn = false
            case "=", "!": throw PatternFault(reason: "look-ahead is not supported")
            case ">": throw PatternFault(reason: "atomic groups are not supported")
            default: throw PatternFault(reason: "an unknown kind of group")
            }
        }
    }
}
