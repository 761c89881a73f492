import Foundation
import Redis
import Synchronization
import TestServers

/// What to do to a stack.
public struct ChaosOptions: Sendable {
    public var seed: UInt64
    public var plan: FaultPlan
    public var load: LoadOptions
    /// How long the stack may take, after the last fault, to finish everything and agree with itself.
    public var patience: Duration

    public init(seed: UInt64, plan: FaultPlan, load: LoadOptions, patience: Duration) {
        self.seed = seed
        self.plan = plan
        self.load = load
        self.patience = patience
    }
}

/// Publishes work, lets faults happen meanwhile, waits for quiet and judges.
public final class ChaosRun: Sendable {
    private let stack: ChaosStack
    private let options: ChaosOptions
    private let report: @Sendable (String) -> Void
    private let redis: RedisClient
    private let gauge: WorkGauge
    private let journal = Journal()
    private let recovery: RecoveryWatch
    private let injector: Injector

    /// `report` gets a line for every fault and every phase.
    public init(_ stack: ChaosStack, _ options: ChaosOptions, report: @escaping @Sendable (String) -> Void) throws {
        self.stack = stack
        self.options = options
        self.report = report
        redis = RedisClient(RedisEndpoint(host: "127.0.0.1", port: stack.redis.port))
        gauge = try WorkGauge(databaseURL: stack.databaseURL, redis: redis)
        recovery = RecoveryWatch(redis: redis, gauge: gauge, journal: journal)
        injector = Injector(stack, redis: redis, recovery: recovery)
    }

    public func run() async throws -> ChaosReport {
        let publisher = Publisher(port: stack.redis.port)
        let start = ContinuousClock.now
        try stack.start()
        let supervisor = Task { try await stack.supervise() }
        defer { supervisor.cancel() }
        try await work(publisher)
        let worked = ContinuousClock.now - start
        report("the last fault is over")
        let (unrest, findings) = try await judge(publisher)
        await recovery.finish()
        let states = await gauge.states() ?? [:]
        await gauge.close()
        await redis.close()
        return ChaosReport(
            seed: options.seed, settings: stack.options, load: options.load, published: publisher.published,
            states: states, faults: journal.all, ownEnds: stack.services.reduce(0) { $0 + $1.ownEnds },
            worked: worked / .seconds(1), total: (ContinuousClock.now - start) / .seconds(1), unrest: unrest,
            findings: findings)
    }

    /// Returns when everything is published twice and done but for stragglers, and no fault is under way.
    private func work(_ publisher: Publisher) async throws {
        let tasks = PublishedTask.all(options.load.tasks, mix: options.load.mix, seed: options.seed)
        let load = Load(options: options.load, tasks: tasks, publisher: publisher, gauge: gauge)
        let faults = FaultSchedule(
            options.plan, progress: { Double(publisher.published.count) / Double(tasks.count) }
        ) { [self] fault, time in
            report("\(time.formatted(.number.precision(.fractionLength(1)))) s: \(fault.kind) \(fault.target)")
            try await injector.inject(fault, journal.add(fault, at: time))
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await faults.run() }
            let news = Task { try await tellProgress(of: publisher) }
            defer { news.cancel() }
            do {
                try await load.run()
                report("all published")
            } catch let stalled as Load.Stalled {
                report("work stands still with \(stalled.open.map { "\($0)" } ?? "unknown") open: no more is published")
            }
            try await endFaults(faults)
            try await group.waitForAll()
        }
    }

    /// Short plans are carried out to their end. Endless ones end with the work, or soon after the last publication:
    /// what is stuck then must come loose in peace, or be found.
    private func endFaults(_ faults: FaultSchedule) async throws {
        let latest = ContinuousClock.now + .seconds(faults.isEndless ? 20 : 120)
        while !faults.isOver, .now < latest {
            if faults.isEndless, faults.hasFlushed, await gauge.openWork() == 0 { break }
            try await Task.sleep(for: .milliseconds(200))
        }
        faults.stop()
    }

    private func tellProgress(of publisher: Publisher) async throws {
        while true {
            try await Task.sleep(for: .seconds(10))
            let states = await gauge.states()
            report("   \(publisher.published.count) published, \(states?.finished ?? 0) finished")
        }
    }

    /// Judges again and again until all holds or the deadline has come: what is under way may still arrive.
    private func judge(_ publisher: Publisher) async throws -> (unrest: [String], findings: [Finding]) {
        let deadline = ContinuousClock.now + options.patience
        let checker = InvariantChecker(databaseURL: stack.databaseURL, redis: redis)
        let unrest = try await Quiet(redis: redis, gauge: gauge).wait(until: deadline) ?? []
        report(unrest.isEmpty ? "quiet" : "no quiet: \(unrest.joined(separator: "; "))")
        while true {
            let findings = try await checker.check(evidence(publisher))
            if findings.allSatisfy(\.holds) || ContinuousClock.now >= deadline { return (unrest, findings) }
            try await Task.sleep(for: .seconds(1))
        }
    }

    private func evidence(_ publisher: Publisher) -> Evidence {
        let harvest = injector.harvested
        return Evidence(
            published: publisher.published, flushes: harvest.flushes, replies: harvest.replies,
            deadLetters: harvest.deadLetters, delayed: harvest.delayed)
    }
}
