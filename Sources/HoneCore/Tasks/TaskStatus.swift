/// Where a task is. It moves forward only; the last four are terminal and exactly one of them is reached.
public enum TaskStatus: String, Codable, CaseIterable, Sendable {
    case submitted, routed, running, completed, failed, cancelled, expired

    public var isTerminal: Bool {
        switch self {
        case .completed, .failed, .cancelled, .expired: true
        case .submitted, .routed, .running: false
        }
    }
}
