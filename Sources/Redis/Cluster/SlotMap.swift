/// Which node of a cluster serves which slot, as one of the nodes told it.
struct SlotMap: Sendable {
    /// Every node that serves a slot.
    private(set) var nodes: [RedisAddress] = []
    /// Places in `nodes` by slot; -1 where nobody serves.
    private var owners = [Int](repeating: -1, count: KeySlot.count)

    /// Reads the answer to `CLUSTER SLOTS`: first and last slot, the primary, its replicas, for each range.
    ///
    /// A node that does not know its own host says nothing for it: then it is the one that was asked.
    init(_ answer: RedisAnswer, from asked: RedisAddress) throws {
        for range in try answer.elements() {
            let parts = try range.elements(atLeast: 3)
            let primary = try parts[2].elements(atLeast: 2)
            let host = primary[0].value.string ?? ""
            let node = RedisAddress(host: host.isEmpty ? asked.host : host, port: try primary[1].integer())
            let slots = (try parts[0].integer())...max(try parts[0].integer(), try parts[1].integer())
            guard slots.lowerBound >= 0, slots.upperBound < KeySlot.count else {
                throw RedisError.unexpectedReply(command: answer.command, expected: "slots below \(KeySlot.count)")
            }
            let place = place(of: node)
            for slot in slots { owners[slot] = place }
        }
    }

    subscript(slot: KeySlot) -> RedisAddress? {
        get {
            let place = owners[slot.number]
            return place < 0 ? nil : nodes[place]
        }
        set { owners[slot.number] = newValue.map { place(of: $0) } ?? -1 }
    }

    private mutating func place(of node: RedisAddress) -> Int {
        if let place = nodes.firstIndex(of: node) { return place }
        nodes.append(node)
        return nodes.count - 1
    }
}
