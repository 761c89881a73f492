/// Why a prompt is not moved.
public enum PromotionRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// There is no such thing.
    case missing(String)
    /// As things stand it cannot be done; says why, and what could be.
    case conflict(String)

    public var description: String {
        switch self {
        case .missing(let what): "There is no \(what)."
        case .conflict(let reason): reason
        }
    }
}
