/// What a check found.
public enum HealthState: Sendable, Equatable {
    case healthy
    /// Not now, and why, in words for the person on call.
    case unhealthy(String)
}

/// A named question about the service's health.
public struct HealthCheck: Sendable {
    public let name: String
    public let check: @Sendable () async -> HealthState

    public init(_ name: String, _ check: @escaping @Sendable () async -> HealthState) {
        self.name = name
        self.check = check
    }
}

/// Everything that is asked for `/healthz` (alive: restart me if not) and `/readyz` (ready: give me work).
public struct Health: Sendable {
    public var alive: [HealthCheck]
    public var ready: [HealthCheck]

    public init(alive: [HealthCheck] = [], ready: [HealthCheck] = []) {
        self.alive = alive
        self.ready = ready
    }
}
