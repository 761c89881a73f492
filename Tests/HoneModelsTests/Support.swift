import Foundation
import HTTP
import HoneCore
import HoneModels
import ScriptedModel
import Synchronization
import Testing

/// What every suite that talks to a server needs.
enum Fixture {
    static let key = "sk-very-secret-0123456789"
    static let environment = ["TEST_KEY": key]

    static func model(
        _ id: String = "worker", _ provider: ModelProvider = .openai, at server: ScriptedModel? = nil,
        url: String? = nil, concurrency: Int = 4, fallback: [String] = [], price: ModelPrice? = nil
    ) throws -> ApprovedModel {
        ApprovedModel(
            id: try #require(ModelID(id)), provider: provider, baseURL: server?.baseURL ?? url, model: "wire-\(id)",
            apiKeyEnvironment: "TEST_KEY", price: price, concurrency: concurrency,
            fallback: fallback.compactMap { ModelID($0) })
    }

    static func catalog(
        _ models: ApprovedModel..., retry: RetryPolicy = .none, circuit: CircuitBreaker.Policy = .init(),
        timing: ModelTiming = .system, observers: [any ModelCallObserver] = []
    ) -> ModelCatalog {
        let client = HTTPClient(options: HTTPClientOptions(proxy: .none))
        return ModelCatalog(
            models, environment: environment,
            options: ModelCatalogOptions(retry: retry, circuit: circuit, timing: timing, client: client),
            observers: observers)
    }

    static func ask(_ text: String, idle: Duration = .seconds(20), total: Duration = .seconds(40)) -> ChatRequest {
        ChatRequest([.user(text)], timeouts: ChatTimeouts(idle: idle, total: total))
    }

    static let worker = ModelID("worker") ?? { preconditionFailure("a valid name") }()
}

/// Runs the call and returns the fault it must end with.
func fault<Answer>(
    _ call: () async throws -> Answer, sourceLocation: SourceLocation = #_sourceLocation
) async throws -> ModelFault {
    do {
        _ = try await call()
    } catch let fault as ModelFault {
        return fault
    }
    let missing: ModelFault? = nil
    return try #require(missing, "the call went well", sourceLocation: sourceLocation)
}

/// Waits until `condition` holds, but not for ever.
func until(_ what: Comment, within limit: Duration = .seconds(10), _ condition: () -> Bool) async throws {
    let deadline = ContinuousClock.now + limit
    while !condition() {
        try #require(ContinuousClock.now < deadline, what)
        try await Task.sleep(for: .milliseconds(1))
    }
}

/// Keeps what a receiver or an observer was told.
final class Collector<Element: Sendable>: Sendable {
    private let kept = Mutex<[Element]>([])

    var elements: [Element] { kept.withLock { $0 } }

    func add(_ element: Element) {
        kept.withLock { $0.append(element) }
    }
}

extension Collector: ModelCallObserver where Element == ModelCall {
    func finished(_ call: ModelCall) async {
        add(call)
    }
}

/// A clock that goes on only when somebody sleeps or says so.
final class FakeTime: Sendable {
    private let elapsed = Mutex(Duration.zero)
    private let start = ContinuousClock.now
    let sleeps = Collector<Duration>()

    func advance(by duration: Duration) {
        elapsed.withLock { $0 += duration }
    }

    var now: ContinuousClock.Instant { start + elapsed.withLock { $0 } }

    /// `random` is one half, so that a pause is three quarters of the doubled one.
    var timing: ModelTiming {
        ModelTiming(
            now: { self.now }, date: { Date(timeIntervalSince1970: 784_111_777) },
            sleep: { duration in
                self.sleeps.add(duration)
                self.advance(by: duration)
            }, random: { 0.5 })
    }
}
