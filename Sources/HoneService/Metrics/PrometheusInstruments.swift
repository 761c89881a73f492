import Metrics
import Synchronization

/// What an instrument holds for one set of labels.
protocol PrometheusInstrument: AnyObject, Sendable {
    /// Lines of the text format (version 0.0.4) for one label set.
    func lines(name: String, labels: String) -> [String]
    static var kind: String { get }
}

final class PrometheusCounter: CounterHandler, FloatingPointCounterHandler, PrometheusInstrument {
    static let kind = "counter"
    private let value = Mutex(0.0)

    func increment(by amount: Int64) { value.withLock { $0 += Double(amount) } }
    func increment(by amount: Double) { value.withLock { $0 += amount } }
    func reset() { value.withLock { $0 = 0 } }

    func lines(name: String, labels: String) -> [String] {
        ["\(name)\(labels) \(PrometheusText.number(value.withLock { $0 }))"]
    }
}

final class PrometheusGauge: RecorderHandler, MeterHandler, PrometheusInstrument {
    static let kind = "gauge"
    private let value = Mutex(0.0)

    func record(_ amount: Int64) { set(Double(amount)) }
    func record(_ amount: Double) { set(amount) }
    func set(_ amount: Int64) { set(Double(amount)) }
    func set(_ amount: Double) { value.withLock { $0 = amount } }
    func increment(by amount: Double) { value.withLock { $0 += amount } }
    func decrement(by amount: Double) { value.withLock { $0 -= amount } }

    func lines(name: String, labels: String) -> [String] {
        ["\(name)\(labels) \(PrometheusText.number(value.withLock { $0 }))"]
    }
}

/// Times and distributions as cumulative buckets, which can be added up over processes.
final class PrometheusHistogram: TimerHandler, RecorderHandler, PrometheusInstrument {
    static let kind = "histogram"
    /// Upper bounds in seconds, 0.5 ms to 2 min.
    static let bounds = [
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120,
    ]

    private struct State {
        var counts = [Int](repeating: 0, count: PrometheusHistogram.bounds.count)
        var total = 0
        var sum = 0.0
    }
    private let state = Mutex(State())

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }
    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) {
        state.withLock { state in
            if let bucket = Self.bounds.firstIndex(where: { value <= $0 }) { state.counts[bucket] += 1 }
            state.total += 1
            state.sum += value
        }
    }

    func lines(name: String, labels: String) -> [String] {
        let state = state.withLock { $0 }
        var below = 0
        var lines = zip(Self.bounds, state.counts).map { bound, count in
            below += count
            return "\(name)_bucket\(PrometheusText.adding("le", "\(bound)", to: labels)) \(below)"
        }
        lines.append("\(name)_bucket\(PrometheusText.adding("le", "+Inf", to: labels)) \(state.total)")
        lines.append("\(name)_sum\(labels) \(PrometheusText.number(state.sum))")
        lines.append("\(name)_count\(labels) \(state.total)")
        return lines
    }
}
