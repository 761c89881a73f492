import CoreMetrics
import HoneCore
import Logging
import Synchronization

/// One handler's loop: carries out what its ``ConsumerState`` decides.
///
/// Its tasks are not children of ``run()``: a cancelled fetch would lose the messages of its answer, and a handler
/// that ignores cancellation must not hold up a shutdown. The state counts them; `run` returns when none is left.
final class Intake: Sendable {
    let worker: any Worker
    let streams: [StreamName]
    let transport: any BusTransport
    let member: GroupMember
    let options: ConsumerOptions
    let logger: Logger
    let metrics: HandlerMetrics
    private let times: CallTimes

    let state: Mutex<ConsumerState>
    let turns: Mutex<LaneTurns>
    /// Before then nothing is fetched, so that more can come together.
    let rest = Mutex<ContinuousClock.Instant?>(nil)
    let gathering: Duration
    let running = Mutex<[Int: Task<Void, Never>]>([:])
    let desk = SettlementDesk()
    let pulse: Pulse
    let gate: IntakeGate
    private let (finished, finish) = AsyncStream.makeStream(of: Never.self)

    init(
        _ worker: any Worker, _ state: ConsumerState, of transport: any BusTransport, in place: Workplace,
        pulse: Pulse, gate: IntakeGate
    ) {
        self.worker = worker
        self.transport = transport
        self.pulse = pulse
        self.gate = gate
        streams = transport.streams(of: worker.topic)
        member = place.member
        options = place.options
        gathering = place.policy.gathering
        logger = place.logger
        metrics = place.metrics
        times = place.times
        self.state = Mutex(state)
        turns = Mutex(LaneTurns(streams))
    }

    /// Works until drained and done.
    func run() async {
        advance { $0.start() }
        for await _ in finished {}
    }

    func drain() { advance { $0.drain() } }
    func cancel() { advance { $0.cancel() } }
    func abandon() { advance { $0.abandon() } }

    var held: [Delivery] { state.withLock { $0.held } }
    var heldCount: Int { state.withLock { $0.heldCount } }

    /// How long the fetch under way has been without an answer; zero when none is under way.
    var silence: Duration {
        state.withLock { $0.isFetching } ? pulse.age : .zero
    }

    /// For how long a call has been over its time.
    var overtime: Duration { times.overtime() }

    /// Tells calls that take too long to stop.
    func stopLate() {
        let count = times.stopLate()
        guard count > 0 else { return }
        metrics.timedOut.increment(by: count)
        logger.warning(
            "a handler takes too long and is told to stop",
            metadata: ["type": "\(worker.messageType)", "calls": "\(count)"])
    }

    /// Renews the claim to everything held; calls whose messages others have taken are told to stop.
    func renew() async throws {
        let held = held
        metrics.holds(held.count)
        guard !held.isEmpty else { return }
        let lost = try await transport.renew(held, as: member)
        guard !lost.isEmpty else { return }
        logger.warning("other members took over messages from this one", metadata: ["messages": "\(lost.count)"])
        advance { $0.lost(lost) }
    }

    func advance(_ event: (inout ConsumerState) -> [ConsumerState.Action]) {
        for action in state.withLock({ event(&$0) }) { perform(action) }
    }

    private func perform(_ action: ConsumerState.Action) {
        switch action {
        case .acquire(let limit): Task { await acquire(limit) }
        case .handle(let call): handle(call)
        case .handBack(let deliveries): Task { await handBack(deliveries) }
        case .cancel(let call): running.withLock { $0[call] }?.cancel()
        case .finish: finish.finish()
        }
    }
}
