public import Metrics
import Synchronization

/// Collects what the process measures through swift-metrics and prints it in Prometheus' text format.
public final class PrometheusRegistry: MetricsFactory, Sendable {
    private struct Series: Hashable {
        let name: String
        let labels: String
    }
    private let instruments = Mutex<[Series: any PrometheusInstrument]>([:])

    public init() {}

    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        instrument(label, "_total", dimensions) { PrometheusCounter() }
    }

    public func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        instrument(label, "_total", dimensions) { PrometheusCounter() }
    }

    public func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        aggregate
            ? instrument(label, "", dimensions) { PrometheusHistogram() }
            : instrument(label, "", dimensions) { PrometheusGauge() }
    }

    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        instrument(label, "", dimensions) { PrometheusGauge() }
    }

    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        instrument(label, "_seconds", dimensions) { PrometheusHistogram() }
    }

    // Series live as long as the process: the same labels always continue the same series.
    public func destroyCounter(_ handler: any CounterHandler) {}
    public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
    public func destroyRecorder(_ handler: any RecorderHandler) {}
    public func destroyMeter(_ handler: any MeterHandler) {}
    public func destroyTimer(_ handler: any TimerHandler) {}

    private func instrument<Kind: PrometheusInstrument>(
        _ label: String, _ suffix: String, _ dimensions: [(String, String)], make: () -> Kind
    ) -> Kind {
        let name = PrometheusText.name(label)
        let series = Series(
            name: name.hasSuffix(suffix) ? name : name + suffix, labels: PrometheusText.labels(dimensions))
        return instruments.withLock { instruments in
            if let known = instruments[series] as? Kind { return known }
            let new = make()
            instruments[series] = new
            return new
        }
    }

    /// The whole page of `/metrics`.
    public func text() -> String {
        let families = Dictionary(grouping: instruments.withLock { Array($0) }) { $0.key.name }
        return families.sorted { $0.key < $1.key }.map { name, members in
            let kind = members.first.map { type(of: $0.value).kind } ?? "untyped"
            let lines = members.sorted { $0.key.labels < $1.key.labels }
                .flatMap { $0.value.lines(name: name, labels: $0.key.labels) }
            return (["# TYPE \(name) \(kind)"] + lines).joined(separator: "\n") + "\n"
        }.joined()
    }
}
