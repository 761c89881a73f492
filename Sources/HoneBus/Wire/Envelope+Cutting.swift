extension Envelope {
    /// Values up to this many bytes are handled and kept whole; of a larger one a dead letter keeps the first part.
    static let largestKept = 4 << 20
    private static let firstPart = 64 << 10

    /// The bytes of all values.
    var size: Int { stride(from: 1, to: ends.count, by: 2).reduce(0) { $0 + place($1).count } }

    /// Shortens what is too large to be carried around any further, and notes how large it was.
    mutating func cutOversized() {
        let oversized = fields.filter { $0.value.count > Self.largestKept }
        guard !oversized.isEmpty else { return }
        for field in oversized { self[field.name] = Array(field.value.prefix(Self.firstPart)) }
        let sizes = oversized.map { "\($0.name) had \($0.value.count) bytes" }
        self[Attribute.deadCut] = Array(sizes.joined(separator: ", ").utf8)
    }
}
