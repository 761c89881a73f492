import HoneCore
import Metrics
import Synchronization

/// Counts calls, tokens and micro-dollars per model. The labels are approved models and the names of outcomes: a
/// closed set.
final class ModelMetrics: ModelCallObserver {
    private struct Labels: Hashable {
        let model: ModelID
        let kind: ModelCall.Kind
        let outcome: String
    }

    /// To find an instrument by its labels costs more than most calls' other book-keeping together.
    private let known = Mutex<[Labels: ModelInstruments]>([:])

    func finished(_ call: ModelCall) async {
        let labels = Labels(model: call.model, kind: call.kind, outcome: call.outcome.name)
        let instruments = known.withLock { known in
            if let instruments = known[labels] { return instruments }
            let new = ModelInstruments(model: call.model.rawValue, kind: call.kind.rawValue, outcome: labels.outcome)
            known[labels] = new
            return new
        }
        instruments.count(call)
    }
}

/// What is counted of calls with the same labels.
private struct ModelInstruments: Sendable {
    private let calls: Counter
    private let inputTokens: Counter
    private let outputTokens: Counter
    private let cost: Counter
    private let duration: Timer
    private let timeToFirstToken: Timer

    init(model: String, kind: String, outcome: String) {
        let labels = [("model", model), ("kind", kind)]
        calls = Counter(label: "hone.model.calls", dimensions: labels + [("outcome", outcome)])
        inputTokens = Counter(label: "hone.model.input_tokens", dimensions: labels)
        outputTokens = Counter(label: "hone.model.output_tokens", dimensions: labels)
        cost = Counter(label: "hone.model.cost_micro_usd", dimensions: labels)
        duration = Timer(label: "hone.model.duration", dimensions: labels)
        timeToFirstToken = Timer(label: "hone.model.time_to_first_token", dimensions: labels)
    }

    func count(_ call: ModelCall) {
        calls.increment()
        inputTokens.increment(by: call.usage.inputTokens)
        outputTokens.increment(by: call.usage.outputTokens)
        cost.increment(by: Int(clamping: call.cost?.rawValue ?? 0))
        duration.record(duration: call.duration)
        if let wait = call.timeToFirstToken { timeToFirstToken.record(duration: wait) }
    }
}

extension ModelCall.Outcome {
    /// A closed set of names, for labels of metrics.
    public var name: String {
        switch self {
        case .answered: "answered"
        case .failed(let reason): reason.name
        case .cancelled: "cancelled"
        }
    }
}
