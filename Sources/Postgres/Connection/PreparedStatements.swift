/// The statements prepared on one connection, by their text; the one not used for longest makes room.
struct PreparedStatements {
    private struct Entry {
        let name: String
        var lastUse: UInt64
    }

    let capacity: Int
    private var entries: [String: Entry] = [:]
    private var clock: UInt64 = 0

    init(capacity: Int) { self.capacity = capacity }

    var count: Int { entries.count }

    /// The name under which the server knows a statement.
    mutating func name(for text: String) -> String? {
        clock += 1
        entries[text]?.lastUse = clock
        return entries[text]?.name
    }

    /// A name nobody has had on this connection.
    mutating func freshName() -> String {
        clock += 1
        return "s\(clock)"
    }

    /// Remembers a statement that the server has accepted, and returns the name of the one to forget there.
    mutating func remember(_ text: String, as name: String) -> String? {
        var evicted: String?
        if entries.count >= capacity, let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse }) {
            entries[oldest.key] = nil
            evicted = oldest.value.name
        }
        entries[text] = Entry(name: name, lastUse: clock)
        return evicted
    }

    mutating func forget(_ text: String) { entries[text] = nil }
}
