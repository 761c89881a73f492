/// What a consumer's loop does next: a state machine without clock, socket or task.
///
/// Each event is a mutating function that returns the actions the loop must carry out. Handlers run `width` calls side
/// by side with at most `batch` messages each; `ahead` further batches are fetched while all calls are busy. A call
/// whose handler has returned gives its place to the next while it is settled.
struct ConsumerState {
    /// One call of the handler.
    struct Call: Equatable, Sendable {
        let id: Int
        let deliveries: [Delivery]
    }

    enum Action: Equatable, Sendable {
        /// Take over and fetch, up to this many messages; answered by ``acquired(_:)``.
        case acquire(limit: Int)
        /// Run the handler, answered by ``worked(call:)``, and settle, answered by ``finished(call:)``.
        case handle(Call)
        /// Give these back unspent; answered by ``handedBack()``.
        case handBack([Delivery])
        /// Tell the handler of this call to stop.
        case cancel(call: Int)
        /// Nothing is left to do. Comes once.
        case finish
    }

    private enum Phase: Comparable { case idle, running, draining, cancelling, finished }

    private let width: Int
    private let batch: Int
    private let capacity: Int
    private var phase = Phase.idle
    private var isAcquiring = false
    private var handBacks = 0
    private var queue: [Delivery] = []
    private var calls: [Int: [Delivery]] = [:]
    /// Those of the calls whose handler has returned, and how many messages they are.
    private var settling: [Int: Int] = [:]
    private var nextCall = 0

    init(width: Int, batch: Int = 1, ahead: Int = 0) {
        self.width = max(1, width)
        self.batch = max(1, batch)
        capacity = (self.width + ahead) * self.batch
    }

    /// Everything this consumer holds and must keep its claim to.
    var held: [Delivery] { calls.values.flatMap { $0 } + queue }
    var heldCount: Int { calls.values.reduce(queue.count) { $0 + $1.count } }
    /// Whether a fetch is under way, hence whether a round trip is due.
    var isFetching: Bool { isAcquiring }

    mutating func start() -> [Action] {
        guard phase == .idle else { return finishIfDone() }
        phase = .running
        return next()
    }

    mutating func acquired(_ deliveries: [Delivery]) -> [Action] {
        isAcquiring = false
        guard phase == .running else { return handBack(deliveries) + finishIfDone() }
        queue += deliveries
        return next()
    }

    /// The handler has returned; its messages are held until they are settled.
    mutating func worked(call: Int) -> [Action] {
        guard let deliveries = calls[call] else { return [] }
        settling[call] = deliveries.count
        return phase == .running ? next() : []
    }

    mutating func finished(call: Int) -> [Action] {
        calls[call] = nil
        settling[call] = nil
        return phase == .running ? next() : finishIfDone()
    }

    mutating func handedBack() -> [Action] {
        handBacks -= 1
        return finishIfDone()
    }

    /// Shutdown, first stage: fetch no more, give back what was not begun, let calls finish.
    mutating func drain() -> [Action] {
        guard phase < .draining else { return [] }
        phase = .draining
        defer { queue = [] }
        return handBack(queue) + finishIfDone()
    }

    /// Second stage: the time to finish is over; handlers are told to stop.
    mutating func cancel() -> [Action] {
        guard phase < .cancelling else { return [] }
        let drained = drain()
        guard phase != .finished else { return drained }
        phase = .cancelling
        return drained + calls.keys.sorted().map { .cancel(call: $0) }
    }

    /// Third stage: what still runs is left behind and its messages are given to others.
    mutating func abandon() -> [Action] {
        guard phase != .finished else { return [] }
        let cancelled = cancel()
        let left = calls.values.flatMap { $0 }
        calls = [:]
        settling = [:]
        return cancelled + handBack(left) + finishIfDone()
    }

    /// Another member has taken these over: calls that work on nothing else are stopped.
    mutating func lost(_ deliveries: [Delivery]) -> [Action] {
        let lost = Set(deliveries)
        queue.removeAll(where: lost.contains)
        return calls.filter { lost.isSuperset(of: $0.value) }.keys.sorted().map { .cancel(call: $0) }
    }

    /// Whether the call's messages are still ours to settle.
    func isHeld(call: Int) -> Bool { calls[call] != nil }

    private mutating func next() -> [Action] {
        var actions: [Action] = []
        while calls.count - settling.count < width, !queue.isEmpty {
            let call = Call(id: nextCall, deliveries: Array(queue.prefix(batch)))
            queue.removeFirst(call.deliveries.count)
            calls[call.id] = call.deliveries
            nextCall += 1
            actions.append(.handle(call))
        }
        if room > 0, !isAcquiring {
            isAcquiring = true
            actions.append(.acquire(limit: batch == 1 ? room : min(room, batch)))
        }
        return actions
    }

    /// Messages being settled take no room, up to as many as there is room for: a bus that takes no settlements must
    /// not be asked for ever more messages.
    private var room: Int {
        capacity - heldCount + min(capacity, settling.values.reduce(0, +))
    }

    private mutating func handBack(_ deliveries: [Delivery]) -> [Action] {
        guard !deliveries.isEmpty else { return [] }
        handBacks += 1
        return [.handBack(deliveries)]
    }

    private mutating func finishIfDone() -> [Action] {
        guard phase >= .draining, phase != .finished, !isAcquiring, calls.isEmpty, handBacks == 0 else { return [] }
        phase = .finished
        return [.finish]
    }
}
