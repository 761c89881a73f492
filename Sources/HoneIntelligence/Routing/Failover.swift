public import HoneCore

/// Whether a failed attempt goes on to another agent.
public enum Failover {
    public static let maximumAttempts = 3

    /// `attempt` counts from 1. The next decision excludes the agents already tried (`RoutingRequest.tried`).
    public static func isWorthwhile(after fault: TaskFault, attempt: Int) -> Bool {
        fault.retryable && attempt < maximumAttempts
    }
}
