public import HoneCore

/// How somebody wants a prompt to come into production.
public struct PromotionWish: Sendable, Hashable {
    /// Of the agent's tasks; below 1 the prompt is tried as a canary first. Nil leaves it to the setting.
    public var share: Double?
    /// Although its gate was against another prompt than the present one.
    public var isForced: Bool
    public var reason: String?

    public init(share: Double? = nil, isForced: Bool = false, reason: String? = nil) {
        self.share = share
        self.isForced = isForced
        self.reason = reason
    }

    /// Throws for what no state of things could allow.
    public func validate() throws(InvalidValue) {
        if let share, !(share > 0 && share <= 1) {
            throw InvalidValue(path: "share", found: "\(share)", expected: "a number above 0 and up to 1")
        }
        if isForced, reason?.contains(where: { !$0.isWhitespace }) != true {
            throw InvalidValue(path: "reason", found: "nothing", expected: "why it is forced")
        }
    }
}
