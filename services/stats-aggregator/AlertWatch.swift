import Foundation
import HoneBus
import HoneCore
import HoneIntelligence
import HoneService
import HoneStore
import Logging
import Metrics
import ServiceLifecycle

/// Looks at all agents, models and the backlog again and again: raises an alert when something is wrong, once, and clears
/// it when it is over. Of several aggregators one looks at a time.
struct AlertWatch: Service {
    private static let interval: Duration = .seconds(15)

    let store: Store
    let transport: any BusTransport
    let maxBacklog: Int
    let logger: Logger

    func run() async throws {
        await refreshUntilShutdown(every: Self.interval, "the alerts", logger: logger) { try await check() }
    }

    /// Leaves the alerts alone while another aggregator is at it.
    func check(at now: Date = Date()) async throws {
        // Nil while the bus is away: that is for others to tell.
        let waiting = try? await transport.announcedBacklog()
        let backlog = Backlog.condition(waiting: waiting, limit: maxBacklog)
        let changed = try await store.transaction { store -> (raised: [AlertRecord], cleared: [AlertRecord])? in
            guard try await store.locks.tryAcquire("alerts") else { return nil }
            var conditions = try await Self.conditions(in: store, today: Day(now))
            conditions[AlertKey(.backlog, "bus")] = backlog
            let standing = try await store.alerts.standing(Self.kinds)
            let changes = AlertChanges(standing: standing, conditions: conditions)
            return (
                try await store.alerts.raise(changes.raised, at: now),
                try await store.alerts.clear(changes.cleared, at: now)
            )
        }
        for alert in changed?.raised ?? [] { logger.warning("an alert is raised", metadata: alert.metadata) }
        for alert in changed?.cleared ?? [] { logger.notice("an alert is cleared", metadata: alert.metadata) }
        try await measure()
    }

    /// What is raised and cleared here; budgets are watched by those who spend them, new prompts and schedules by the
    /// optimizer.
    private static let kinds = Set(AlertKind.allCases).subtracting([.budget, .promptRegression, .schedule])

    private static func conditions(in store: Store, today: Day) async throws -> [AlertKey: AlertCondition] {
        AlertRules.conditions(
            try await store.statistics.dailyWork(since: AlertRules.firstDay(today: today)),
            try await store.statistics.modelServices(since: today - (FailureRate.days - 1)), today: today)
    }

    /// Every aggregator tells the same figures, whoever has looked.
    private func measure() async throws {
        let standing = try await store.alerts.standing(Set(AlertKind.allCases))
        for kind in AlertKind.allCases {
            Gauge(label: "hone_alerts_open", dimensions: [("kind", kind.rawValue)])
                .record(standing.count { $0.kind == kind })
        }
    }
}

extension AlertRecord {
    fileprivate var metadata: Logger.Metadata {
        ["kind": "\(kind.rawValue)", "subject": "\(subject)", "alert": "\(message)"]
    }
}
