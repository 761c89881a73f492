/// Reads a pattern by recursive descent: alternatives of sequences of repeated atoms.
struct PatternParser {
    private var rest: ArraySlice<Unicode.Scalar>
    private var depth = 0
    var flags = PatternFlags()

    init(_ source: String) {
        rest = Array(source.unicodeScalars)[...]
    }

    mutating func parse() throws(PatternFault) -> PatternNode {
        let node = try alternatives()
        guard rest.isEmpty else { throw PatternFault(reason: "a ) without (") }
        return node
    }

    mutating func alternatives() throws(PatternFault) -> PatternNode {
        depth += 1
        defer { depth -= 1 }
        guard depth <= 100 else { throw PatternFault(reason: "groups nest too deeply") }
        var branches = [try sequence()]
        while take("|") { branches.append(try sequence()) }
        return branches.count == 1 ? branches[0] : .alternatives(branches)
    }

    private mutating func sequence() throws(PatternFault) -> PatternNode {
        var nodes: [PatternNode] = []
        while let next = rest.first, next != "|", next != ")" { nodes.append(try repeatedAtom()) }
        return nodes.count == 1 ? nodes[0] : .sequence(nodes)
    }

    private mutating func repeatedAtom() throws(PatternFault) -> PatternNode {
        var node = try atom()
        while let (least, most) = try repetition() {
            guard !take("+") else { throw PatternFault(reason: "possessive repetition is not supported") }
            // Laziness decides what is captured, not whether there is a match.
            _ = take("?")
            if case .anchor = node { continue }
            node = .repeated(node, atLeast: least, atMost: most)
        }
        return node
    }

    private mutating func repetition() throws(PatternFault) -> (Int, Int?)? {
        if take("*") { return (0, nil) }
        if take("+") { return (1, nil) }
        if take("?") { return (0, 1) }
        guard rest.first == "{", let end = rest.firstIndex(of: "}") else { return nil }
        let body = String(String.UnicodeScalarView(rest[rest.startIndex + 1..<end]))
        let parts = body.split(separator: ",", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let least = Int(parts[0]), least >= 0 else { return nil }
        let most = parts.count == 1 ? least : parts[1].isEmpty ? nil : Int(parts[1])
        guard parts.count == 1 || parts[1].isEmpty || most != nil else { return nil }
        rest = rest[(end + 1)...]
        guard least <= 1_000, most ?? 0 <= 1_000, most ?? least >= least else {
            throw PatternFault(reason: "a repetition count beyond 1000")
        }
        return (least, most)
    }

    private mutating func atom() throws(PatternFault) -> PatternNode {
        switch next() {
        case "(": try group()
        case "[": .scalar(try scalarSet())
        case "\\": try escape()
        case ".": .scalar(ScalarSet(flags.dotMatchesBreaks ? .any : .anyButBreak))
        case "^": .anchor(flags.anchorsMatchLines ? .lineStart : .textStart)
        case "$": .anchor(flags.anchorsMatchLines ? .lineEnd : .textEndBeforeBreak)
        case "*", "+", "?": throw PatternFault(reason: "nothing to repeat")
        case let scalar?: .scalar(literal(scalar))
        case nil: .empty
        }
    }

    func literal(_ scalar: Unicode.Scalar) -> ScalarSet {
        var set = ScalarSet(scalar)
        set.ignoresCase = flags.ignoresCase
        return set
    }

    mutating func next() -> Unicode.Scalar? { rest.popFirst() }

    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard rest.first == scalar else { return false }
        rest.removeFirst()
        return true
    }

    func peek() -> Unicode.Scalar? { rest.first }

    func peek(after count: Int) -> Unicode.Scalar? { rest.dropFirst(count).first }

    /// Everything up to `end`, which is consumed too; nil when it never comes.
    mutating func take(upTo end: Unicode.Scalar) -> String? {
        guard let index = rest.firstIndex(of: end) else { return nil }
        defer { rest = rest[(index + 1)...] }
        return String(String.UnicodeScalarView(rest[..<index]))
    }
}

/// What `(?i)`, `(?m)` and `(?s)` switch on.
struct PatternFlags {
    var ignoresCase = false
    var anchorsMatchLines = false
    var dotMatchesBreaks = false
}
