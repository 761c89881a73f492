import HTTPTypes
import Metrics
import Synchronization

/// Requests by route, method and status, and how long their answers took to begin.
final class RequestMetrics: Sendable {
    private struct Labels: Hashable {
        let route: String
        let method: String
        let status: Int
    }

    private struct Instruments {
        let requests: Counter
        let duration: Metrics.Timer
    }

    private static let methods: Set<HTTPRequest.Method> = [.get, .head, .post, .put, .patch, .delete, .options]

    private let factory: any MetricsFactory
    /// Asking the factory each time would cost more than counting.
    private let known = Mutex<[Labels: Instruments]>([:])

    init(_ factory: any MetricsFactory) { self.factory = factory }

    /// Labels are from closed sets: the template of a route, never a path.
    func record(route: String, method: HTTPRequest.Method, status: Int, _ duration: Duration) {
        let name = Self.methods.contains(method) ? method.rawValue : "other"
        let instruments = instruments(Labels(route: route, method: name, status: status))
        instruments.requests.increment()
        instruments.duration.recordNanoseconds(Int64(duration / .nanoseconds(1)))
    }

    private func instruments(_ labels: Labels) -> Instruments {
        known.withLock { known in
            if let instruments = known[labels] { return instruments }
            let place = [("route", labels.route), ("method", labels.method)]
            let instruments = Instruments(
                requests: Counter(
                    label: "hone.http.requests", dimensions: place + [("status", "\(labels.status)")], factory: factory),
                duration: Metrics.Timer(label: "hone.http.request.duration", dimensions: place, factory: factory))
            known[labels] = instruments
            return instruments
        }
    }
}
