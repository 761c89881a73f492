import HoneService
import Metrics
import Testing

@Suite("the metrics page")
struct PrometheusTests {
    @Test("prints counters, gauges and histograms in Prometheus' text format")
    func page() {
        let registry = PrometheusRegistry()
        Counter(label: "hone.tasks", dimensions: [("outcome", "done")], factory: registry).increment(by: 2)
        Gauge(label: "hone.in_flight", factory: registry).record(7)
        let timer = Timer(label: "hone.handler.duration", dimensions: [("group", "router")], factory: registry)
        timer.recordMilliseconds(3)
        timer.recordMilliseconds(700)
        let lines = registry.text().split(separator: "\n").map(String.init)
        #expect(lines.contains("# TYPE hone_tasks_total counter"))
        #expect(lines.contains("hone_tasks_total{outcome=\"done\"} 2"))
        #expect(lines.contains("hone_in_flight 7"))
        #expect(lines.contains("# TYPE hone_handler_duration_seconds histogram"))
        #expect(lines.contains("hone_handler_duration_seconds_bucket{group=\"router\",le=\"0.0025\"} 0"))
        #expect(lines.contains("hone_handler_duration_seconds_bucket{group=\"router\",le=\"0.005\"} 1"))
        #expect(lines.contains("hone_handler_duration_seconds_bucket{group=\"router\",le=\"+Inf\"} 2"))
        #expect(lines.contains("hone_handler_duration_seconds_count{group=\"router\"} 2"))
        #expect(lines.contains("hone_handler_duration_seconds_sum{group=\"router\"} 0.703"))
    }

    @Test("the same labels continue the same series, whatever their order")
    func series() {
        let registry = PrometheusRegistry()
        Counter(label: "c", dimensions: [("a", "1"), ("b", "2")], factory: registry).increment()
        Counter(label: "c", dimensions: [("b", "2"), ("a", "1")], factory: registry).increment()
        #expect(registry.text().contains("c_total{a=\"1\",b=\"2\"} 2"))
    }

    @Test("a label's value cannot break out of its quotes")
    func escaping() {
        let registry = PrometheusRegistry()
        Counter(label: "c", dimensions: [("a", "x\"} 1\ny{\\")], factory: registry).increment()
        #expect(registry.text() == "# TYPE c_total counter\nc_total{a=\"x\\\"} 1\\ny{\\\\\"} 1\n")
    }
}
