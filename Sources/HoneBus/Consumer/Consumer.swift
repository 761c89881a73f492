import HoneCore
public import Logging
import Synchronization

/// A service's part in a consumer group: takes messages from their streams, has handlers work on them, settles.
///
/// What it promises is in the package's architecture: at least once, nothing dropped silently, a long task never run
/// twice for being long, a shutdown that spends no delivery.
public final class Consumer: Sendable {
    public let member: GroupMember
    let transport: any BusTransport
    let options: ConsumerOptions
    let logger: Logger
    let lifecycle = Mutex(Lifecycle())

    struct Lifecycle {
        var intakes: [Intake] = []
        var pulses: [Pulse] = []
        var stage = Stage.working
        var hasStarted = false
        var countdown: Task<Void, any Error>?
        /// Waits for the shutdown of a consumer without handlers.
        var idler: CheckedContinuation<Void, Never>?
        var startupProblem: String? = "not started"
    }

    enum Stage: Comparable { case working, draining, cancelling, abandoned }

    public init(
        of transport: any BusTransport, group: String, options: ConsumerOptions = .init(), logger: Logger
    ) {
        self.transport = transport
        self.options = options
        self.logger = logger
        member = GroupMember(group: group, consumer: options.consumer, service: options.service)
    }

    /// Registers a handler that works on one message at a time; before ``run()``.
    public func handle<Handler: MessageHandler>(_ handler: Handler) throws {
        let place = workplace(Handler.delivery, Handler.Input.topic)
        try register(
            MessageWorker(handler: handler, place: place), ConsumerState(width: options.concurrency), place)
    }

    /// Registers a handler that works on batches; before ``run()``. The next batch is fetched meanwhile. New messages
    /// are taken only while `gate` is open.
    public func handle<Handler: BatchHandler>(_ handler: Handler, through gate: IntakeGate = IntakeGate()) throws {
        let place = workplace(Handler.delivery, Handler.Input.topic)
        let state = ConsumerState(width: 1, batch: options.batchSize, ahead: 1)
        try register(BatchWorker(handler: handler, place: place), state, place, gate)
    }

    private func workplace(_ policy: DeliveryPolicy, _ topic: Topic) -> Workplace {
        Workplace(
            member: member, policy: policy, options: options, logger: logger,
            metrics: HandlerMetrics(topic: topic.name, group: member.group))
    }

    private func register(
        _ worker: any Worker, _ state: ConsumerState, _ place: Workplace, _ gate: IntakeGate = IntakeGate()
    ) throws {
        guard worker.topic.groups.contains(member.group) else {
            throw ConsumerError.notAGroup(member.group, topic: worker.topic.name)
        }
        let pulse = Pulse(graceAfterOutage: options.renewEvery * 2)
        let intake = Intake(worker, state, of: transport, in: place, pulse: pulse, gate: gate)
        try lifecycle.withLock { lifecycle in
            guard !lifecycle.hasStarted else { throw ConsumerError.alreadyRunning }
            guard !lifecycle.intakes.contains(where: { $0.worker.topic.name == worker.topic.name }) else {
                throw ConsumerError.duplicateHandler(type: worker.messageType, topic: worker.topic.name)
            }
            lifecycle.intakes.append(intake)
            lifecycle.pulses.append(pulse)
        }
    }

    /// How it is, at this moment and without asking the bus.
    public var health: ConsumerHealth {
        let now = lifecycle.withLock { $0 }
        return ConsumerHealth(
            lastRoundTrip: now.intakes.map(\.silence).max() ?? .zero,
            overtime: now.intakes.map(\.overtime).max() ?? .zero,
            inFlight: now.intakes.reduce(0) { $0 + $1.heldCount },
            problem: now.startupProblem ?? now.pulses.lazy.compactMap(\.problem).first,
            isDraining: now.stage > .working)
    }

    /// What waits for this consumer's group, asked from the bus.
    public func depth() async throws -> BusDepth {
        try await transport.depth(of: lifecycle.withLock { $0.intakes.map(\.worker.topic) })
    }
}
