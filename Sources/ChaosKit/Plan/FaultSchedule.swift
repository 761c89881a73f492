import Synchronization

/// Carries out a plan while work goes on.
final class FaultSchedule: Sendable {
    private let plan: FaultPlan
    private let progress: @Sendable () -> Double
    private let inject: @Sendable (Fault, Double) async throws -> Void
    private let state = Mutex(State())

    private struct State {
        var isStopped = false
        var isOver = false
        var flushes = 0
    }

    /// `progress` is the share of the work that is published; `inject` gets each fault and the seconds since the start.
    init(
        _ plan: FaultPlan, progress: @escaping @Sendable () -> Double,
        inject: @escaping @Sendable (Fault, Double) async throws -> Void
    ) {
        self.plan = plan
        self.progress = progress
        self.inject = inject
    }

    /// Whether every fault has happened, or one could not be brought about.
    var isOver: Bool { state.withLock { $0.isOver } }
    var hasFlushed: Bool { state.withLock { $0.flushes } == plan.flushes.count }
    /// Whether there are faults for longer than anybody works.
    var isEndless: Bool { (plan.steps.last?.at ?? 0) > 600 }

    /// No new faults; ``run()`` returns when the one under way is over.
    func stop() { state.withLock { $0.isStopped = true } }

    /// Faults that take long, such as a freeze, do not hold up the next ones.
    func run() async throws {
        let start = ContinuousClock.now
        defer { state.withLock { $0.isOver = true } }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.stoppingOnFailure { try await self.flush(start) } }
            for step in plan.steps {
                guard await reaches(start + .seconds(step.at)) else { break }
                group.addTask { try await self.stoppingOnFailure { try await self.inject(step.fault, step.at) } }
            }
            try await group.waitForAll()
        }
    }

    /// A plan that cannot be carried out is over.
    private func stoppingOnFailure(_ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch {
            stop()
            throw error
        }
    }

    /// Everything in Redis goes when such a share of the work is published.
    private func flush(_ start: ContinuousClock.Instant) async throws {
        for share in plan.flushes {
            while progress() < share {
                guard await reaches(.now + .milliseconds(50)) else { return }
            }
            try await inject(.flushAll, (ContinuousClock.now - start) / .seconds(1))
            state.withLock { $0.flushes += 1 }
        }
    }

    /// False when the schedule was stopped before.
    private func reaches(_ time: ContinuousClock.Instant) async -> Bool {
        while !state.withLock({ $0.isStopped }), !Task.isCancelled {
            guard .now < time else { return true }
            try? await Task.sleep(for: .milliseconds(50))
        }
        return false
    }
}
