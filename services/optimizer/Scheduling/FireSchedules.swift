import Foundation
import HoneBus
import HoneCore
import HoneEvolution
import HoneIntelligence
import HoneMessages
import HoneService
import HoneStore
import Logging
import ServiceLifecycle

/// Asks for the optimizations that are due. Each due time fires once, whoever races: the schedule's row is held, and the
/// optimization's id is made from it. Due times that were missed fire once together, and so do those that come while the
/// agent is being optimized. What is refused is on record with its reason, raises an alert, and is tried when it is due
/// again.
struct FireSchedules: Service {
    private static let interval: Duration = .seconds(15)
    /// How long one whose recurrence cannot be read is left alone.
    private static let longRest: TimeInterval = 86_400

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
            var fired: [(ScheduleID, StandingOrder.Fate)] = []
            for schedule in try await store.schedules.takeDue(at: now) {
                fired.append((schedule.id, try await fire(schedule, at: now, in: store)))
            }
            return fired
        }
        for (schedule, fate) in fired { tell(of: schedule, fate) }
        let placed = fired.compactMap(\.1.request)
        await publisher.tell(of: placed, logger: logger)
        return placed.compactMap(\.optimizationID)
    }

    private func fire(_ schedule: ScheduleRecord, at now: Date, in store: Store) async throws -> StandingOrder.Fate {
        let key = AlertKey(.schedule, schedule.id.description)
        let fate = try await schedule.fate(in: store)
        switch fate {
        case .waits: break
        case .placed(let request):
            try await store.schedules.moveOn(
                schedule.id, from: schedule.nextDue, to: next(of: schedule, after: now), by: request.optimizationID)
            try await store.alerts.clear([key], at: now)
        case .refused(let reason):
            try await store.schedules.refuse(schedule.id, until: next(of: schedule, after: now), because: reason)
            try await store.alerts.raise([key: AlertFinding(schedule, reason)], at: now)
        }
        return fate
    }

    private func next(of schedule: ScheduleRecord, after now: Date) -> Date {
        let recurrence = try? Recurrence(schedule.recurrence)
        return recurrence?.next(after: now, from: schedule.createdAt) ?? now.addingTimeInterval(Self.longRest)
    }

    private func tell(of schedule: ScheduleID, _ fate: StandingOrder.Fate) {
        switch fate {
        case .waits: break
        case .placed(let request):
            logger.info(
                "a schedule asks for an optimization",
                metadata: ["schedule": "\(schedule)", "optimization": "\(request.optimizationID, default: "")"])
        case .refused(let reason):
            logger.error("a schedule is refused", metadata: ["schedule": "\(schedule)", "reason": "\(reason)"])
        }
    }
}

extension ScheduleRecord {
    fileprivate func fate(in store: Store) async throws -> StandingOrder.Fate {
        do {
            _ = try Recurrence(recurrence)
            return try await order.place(in: store)
        } catch let fault as RecurrenceFault {
            return .refused("recurrence: \(fault)")
        } catch let fault as InvalidValue {
            return .refused("\(fault)")
        }
    }

    private var order: StandingOrder {
        get throws {
            let wish: JSONValue = [
                "agent_id": .string(agentID.rawValue), "benchmark": .string(benchmarkID),
                "algorithm": .string(algorithm), "auto": .string(auto), "params": params, "budget": budget,
            ]
            return StandingOrder(
                id: OptimizationID(derivedFrom: id, "due \(nextDue.timeIntervalSince1970)"),
                request: try WireFormat.decode(OptimizationRequested.self, from: WireFormat.encode(wish)),
                actor: "schedule:\(id)")
        }
    }
}

extension AlertFinding {
    fileprivate init(_ schedule: ScheduleRecord, _ reason: String) {
        self.init(
            .warning,
            "The schedule of \(schedule.agentID) on \(schedule.benchmarkID) (\(schedule.recurrence)) cannot fire: \(reason)",
            details: [
                "schedule_id": .string(schedule.id.description), "agent_id": .string(schedule.agentID.rawValue),
                "benchmark": .string(schedule.benchmarkID),
            ])
    }
}
