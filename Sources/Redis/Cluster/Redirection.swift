/// What a node of a cluster answers when it does not carry a command out itself.
///
/// Source: the Redis Cluster specification, "MOVED Redirection" and "ASK redirection".
enum Redirection: Equatable {
    /// The slot belongs to that node from now on.
    case moved(KeySlot, to: RedisAddress)
    /// The slot is on its way to that node, and these keys are there already: ask it, this once.
    case ask(RedisAddress)
    /// The keys are between two nodes, or the cluster is not whole, or a key moved away under a waiting reader.
    case later(code: String)

    /// The first one among the replies to commands that went out together. `asked` is who gave them.
    init?(in replies: [RedisValue], from asked: RedisAddress) {
        let found = replies.lazy.compactMap { reply -> Redirection? in
            if case .error(let text) = reply { Redirection(text, from: asked) } else { nil }
        }.first
        guard let found else { return nil }
        self = found
    }

    private init?(_ text: String, from asked: RedisAddress) {
        let words = text.split(separator: " ")
        switch words.first {
        case "MOVED", "ASK":
            guard words.count == 3, let slot = Int(words[1]), (0..<KeySlot.count).contains(slot),
                let node = Self.node(words[2], from: asked)
            else { return nil }
            self = words[0] == "ASK" ? .ask(node) : .moved(KeySlot(number: slot), to: node)
        case "TRYAGAIN", "CLUSTERDOWN", "UNBLOCKED":
            self = .later(code: String(words[0]))
        default:
            return nil
        }
    }

    /// `host:port`; an empty host means the one that was asked.
    private static func node(_ text: Substring, from asked: RedisAddress) -> RedisAddress? {
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]) else { return nil }
        let host = text[..<colon]
        return RedisAddress(host: host.isEmpty ? asked.host : String(host), port: port)
    }
}
