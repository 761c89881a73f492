import Foundation
import HoneBus
import HoneCore
import HoneEvolution
import HoneMessages
import HoneService
import HoneStore
import Logging
import ServiceLifecycle

/// Asks for the optimizations that are due. Each due time fires once, whoever races: the schedule's row is held, and the
/// optimization's id is made from it. Due times that were missed fire once together, and so do those that come while the
/// agent is being optimized.
struct FireSchedules: Service {
    private static let interval: Duration = .seconds(15)

    let store: Store
    let publisher: any Publisher
    let logger: Logger

    func run() async throws {
        await repeatUntilShutdown(every: Self.interval, "firing schedules", logger: logger) {
            _ = try await pass(at: Date())
        }
    }

    /// Returns what was asked for.
    func pass(at now: Date) async throws -> [OptimizationID] {
        let fired = try await store.transaction { store in
            var fired: [OptimizationID] = []
            for schedule in try await store.schedules.takeDue(at: now) {
                if let id = try await fire(schedule, at: now, in: store) { fired.append(id) }
            }
            return fired
        }
        for id in fired { logger.info("a schedule asks for an optimization", metadata: ["optimization": "\(id)"]) }
        return fired
    }

    private func fire(_ schedule: ScheduleRecord, at now: Date, in store: Store) async throws -> OptimizationID? {
        guard let recurrence = try? Recurrence(schedule.recurrence), let order = Self.order(for: schedule) else {
            logger.error("a schedule cannot be read", metadata: ["schedule": "\(schedule.id)"])
            return nil
        }
        guard try await order.place(in: store, publisher: publisher) else { return nil }
        try await store.schedules.moveOn(
            schedule.id, from: schedule.nextDue, to: recurrence.next(after: now, from: schedule.createdAt),
            by: order.id)
        return order.id
    }

    private static func order(for schedule: ScheduleRecord) -> StandingOrder? {
        guard let algorithm = OptimizationRequested.Algorithm(rawValue: schedule.algorithm),
            let auto = OptimizationRequested.Effort(rawValue: schedule.auto),
            let budget = try? schedule.budget.fromWire(OptimizationRequested.Budget.self)
        else { return nil }
        let due = "due \(schedule.nextDue.timeIntervalSince1970)"
        return StandingOrder(
            id: OptimizationID(derivedFrom: schedule.id, due), agentID: schedule.agentID,
            benchmarkID: schedule.benchmarkID, algorithm: algorithm, auto: auto, params: schedule.params,
            budget: budget, requestedBy: "schedule:\(schedule.id)")
    }
}
