import CoreMetrics
import HoneCore

/// The instruments of one handler, made once. Labels come from closed sets: topic, group, outcome, code.
struct HandlerMetrics: Sendable {
    let done: Counter
    let retried: Counter
    let skipped: Counter
    /// Pending entries whose body had been trimmed away.
    let vanished: Counter
    /// Calls that were told to stop because their time was over.
    let timedOut: Counter
    private let redelivered: Counter
    private let duration: Timer
    private let inFlight: Gauge
    private let dead: [ErrorCode: Counter]

    init(topic: String, group: String) {
        let labels = [("topic", topic), ("group", group)]
        func outcomes(_ name: String) -> Counter {
            Counter(label: "hone.handler.outcomes", dimensions: labels + [("outcome", name)])
        }
        done = outcomes("done")
        retried = outcomes("retry")
        skipped = outcomes("skip")
        vanished = outcomes("vanished")
        timedOut = Counter(label: "hone.handler.timeouts", dimensions: labels)
        redelivered = Counter(label: "hone.handler.redeliveries", dimensions: labels)
        duration = Timer(label: "hone.handler.duration", dimensions: labels)
        inFlight = Gauge(label: "hone.handler.in_flight", dimensions: labels)
        dead = Dictionary(
            uniqueKeysWithValues: ErrorCode.allCases.map { code in
                (code, Counter(label: "hone.handler.dead", dimensions: labels + [("code", code.rawValue)]))
            })
    }

    func died(_ code: ErrorCode) {
        dead[code]?.increment()
    }

    func delivered(_ deliveries: Int) {
        if deliveries > 1 { redelivered.increment() }
    }

    func took(_ time: Duration) {
        let (seconds, attoseconds) = time.components
        duration.recordNanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }

    func holds(_ count: Int) {
        inFlight.record(count)
    }
}
