public import HoneCore
import HoneIntelligence
public import HoneMessages

/// Which streams a publisher may name for its reply. Anything else could write into Hone's own streams.
public struct ReplyKeys: Sendable {
    let namespace: String
    let allowed: Set<String>

    public init(namespace: String, allowed: [String]) {
        self.namespace = namespace
        self.allowed = Set(allowed)
    }

    private var prefix: String { "\(namespace):replies." }

    /// Throws for a key that is not the publisher's to name.
    public func check(_ key: String?) throws(InvalidValue) {
        guard let key, !allowed.contains(key), !(key.hasPrefix(prefix) && key.count > prefix.count) else { return }
        throw InvalidValue(
            path: "reply_to", found: InvalidValue.summary(of: .string(key)),
            expected: "a key that starts with \(prefix), or one that HONE_REPLY_KEYS allows")
    }
}

extension TaskSubmitted {
    /// What holds for a task wherever it comes in, beyond what its fields say by themselves.
    public func check(replies: ReplyKeys) throws(InvalidValue) {
        try replies.check(replyTo)
        if let fault = expected?.fault { throw fault }
    }
}
