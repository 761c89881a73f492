/// The three queues between router and executor, so that ten thousand trials never delay a person.
public enum Lane: String, Codable, CaseIterable, Sendable {
    case interactive, standard, batch

    /// 7–9 interactive, 3–6 standard, 0–2 batch.
    public init(priority: Int) {
        switch priority {
        case 7...: self = .interactive
        case 3...6: self = .standard
        default: self = .batch
        }
    }

    /// How many turns a lane gets per round when all of them have work: 8 : 3 : 1.
    public var weight: Int {
        switch self {
        case .interactive: 8
        case .standard: 3
        case .batch: 1
        }
    }
}
