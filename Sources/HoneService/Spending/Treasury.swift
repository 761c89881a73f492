public import Foundation
public import HoneCore
import HoneIntelligence
public import HoneModels
public import HoneStore
public import Logging
import Synchronization

/// Keeps this process's model calls within the caps of the installation, in Postgres, where every process meets.
///
/// Calls that begin while a transaction is under way share the next one. What cannot be written when a call ends is owed,
/// and written later; of a process that is killed the record counts what it had set aside as spent.
public final class Treasury: SpendGuard {
    private let store: Store
    private let dailyCap: MicroUSD?
    private let now: @Sendable () -> Date
    private let logger: Logger
    private let reservations: GroupCommit<Reservation, ReservationOutcome>
    private let settlements: GroupCommit<CallSettlement, Void>
    private let metrics = SpendingMetrics()
    private let state = Mutex(State())

    private struct State {
        var daily: [AgentID?: MicroUSD] = [:]
        var experiments: [ExperimentID: SpendingCap?] = [:]
        var owed: [CallSettlement] = []
    }

    /// `dailyCap` is the operator's own besides those on record: the lower one holds.
    public init(
        store: Store, dailyCap: MicroUSD?, logger: Logger, now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.store = store
        self.dailyCap = dailyCap
        self.now = now
        self.logger = logger
        reservations = GroupCommit { try await store.reserve($0) }
        settlements = GroupCommit { settlements in
            try await store.budgets.settle(settlements)
            return settlements.map { _ in }
        }
    }

    /// Learns what operators have set.
    public func refresh() async throws {
        let caps = try await store.budgets.dailyCaps()
        let daily = Dictionary(caps.map { ($0.agentID, $0.limit) }) { first, _ in first }
        state.withLock { $0.daily = daily }
    }

    public func caps(for payer: CallPayer) async throws -> [SpendingCap] {
        let (everybody, agent) = state.withLock { state in
            (state.daily[nil], payer.agentID.flatMap { id in state.daily[id].map { (id, $0) } })
        }
        var caps = payer.caps
        if let experiment = payer.experimentID, let cap = try await optimization(of: experiment) { caps.append(cap) }
        let limit = [dailyCap, everybody].compactMap(\.self).min()
        guard agent != nil || limit != nil else { return caps }
        let day = Day(now()).text
        if let (id, limit) = agent { caps.append(SpendingCap(.agent(id, on: day), limit: limit)) }
        if let limit { caps.append(SpendingCap(.day(day), limit: limit)) }
        return caps
    }

    private func optimization(of experiment: ExperimentID) async throws -> SpendingCap? {
        if let known = state.withLock({ $0.experiments[experiment] }) { return known }
        let cap = try await store.budgets.optimization(of: experiment)
        state.withLock { $0.experiments[experiment] = .some(cap) }
        return cap
    }

    public func reserve(_ reservation: Reservation) async throws -> ReservationOutcome {
        do {
            let outcome = try await reservations.submit(reservation)
            metrics.count(outcome)
            return outcome
        } catch {
            // Whether it is on record nobody knows; the call is not made, and so costs nothing.
            owe(.unmade(reservation.id))
            throw error
        }
    }

    public func settle(_ settlement: CallSettlement) async {
        metrics.count(settlement)
        do {
            try await settlements.submit(settlement)
        } catch {
            logger.warning("a settlement waits", metadata: ["call": "\(settlement.id)", "error": "\(error)"])
            owe(settlement)
        }
    }

    private func owe(_ settlement: CallSettlement) { state.withLock { $0.owed.append(settlement) } }

    /// Writes what could not be written before.
    func settleOwed() async throws {
        let owed = state.withLock { state in
            defer { state.owed = [] }
            return state.owed
        }
        guard !owed.isEmpty else { return }
        do {
            try await store.budgets.settle(owed)
        } catch {
            state.withLock { $0.owed = owed + $0.owed }
            throw error
        }
    }

    /// The last chance of what is owed, when the calls have ended.
    public func close() async {
        for pause in [100, 400, 1_600] {
            do {
                return try await settleOwed()
            } catch {
                logger.warning("settlements are owed", metadata: ["error": "\(error)"])
                try? await Task.sleep(for: .milliseconds(pause))
            }
        }
    }
}
