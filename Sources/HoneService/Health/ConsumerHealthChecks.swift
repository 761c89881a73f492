import HoneBus
import HoneStore

extension Health {
    /// Silence of a consumer's loop, or overtime of a handler, after which the process is ended to be started again.
    static let longestSilence: Duration = .seconds(60)

    /// What every service is asked: alive means that its loop made a round trip lately; ready means that Postgres
    /// answers, the groups exist, and the backlog is under its limit.
    init(consumer: Consumer, store: Store, _ settings: Settings, _ more: [HealthCheck]) {
        self.init(
            alive: [
                HealthCheck("consumer") {
                    let health = consumer.health
                    guard !health.isAlive(within: Self.longestSilence) else { return .healthy }
                    return health.overtime < Self.longestSilence
                        ? .unhealthy("no round trip for \(health.lastRoundTrip.components.seconds) s")
                        : .unhealthy("a handler is \(health.overtime.components.seconds) s over its time")
                }
            ],
            ready: [
                HealthCheck("bus") { consumer.health.problem.map(HealthState.unhealthy) ?? .healthy },
                HealthCheck("database") {
                    do {
                        try await store.ping()
                        return .healthy
                    } catch {
                        return .unhealthy("\(error)")
                    }
                },
                HealthCheck("backlog") { await Self.backlog(of: consumer, limit: settings.maxBacklog) },
            ] + more)
    }

    private static func backlog(of consumer: Consumer, limit: Int) async -> HealthState {
        do {
            let waiting = try await consumer.depth().backlog(of: consumer.member.group)
            return waiting <= limit ? .healthy : .unhealthy("\(waiting) messages wait, the limit is \(limit)")
        } catch {
            return .unhealthy("\(error)")
        }
    }
}
