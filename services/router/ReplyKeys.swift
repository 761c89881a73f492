import HoneCore

/// Which streams a publisher may name for its reply. Anything else could write into Hone's own streams.
struct ReplyKeys {
    let namespace: String
    let allowed: Set<String>

    init(namespace: String, allowed: [String]) {
        self.namespace = namespace
        self.allowed = Set(allowed)
    }

    private var prefix: String { "\(namespace):replies." }

    func check(_ key: String?) throws(InvalidValue) {
        guard let key, !allowed.contains(key), !(key.hasPrefix(prefix) && key.count > prefix.count) else { return }
        throw InvalidValue(
            path: "reply_to", found: InvalidValue.summary(of: .string(key)),
            expected: "a key that starts with \(prefix), or one that HONE_REPLY_KEYS allows")
    }
}
