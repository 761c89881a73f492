import HoneCore
import Metrics

/// Counts calls, tokens and micro-dollars per model. The labels are approved models and the names of outcomes: a
/// closed set.
struct ModelMetrics: ModelCallObserver {
    func finished(_ call: ModelCall) async {
        let labels = [("model", call.model.rawValue), ("kind", call.kind.rawValue)]
        Counter(label: "hone.model.calls", dimensions: labels + [("outcome", call.outcome.name)]).increment()
        count(call.usage.inputTokens, "hone.model.input_tokens", labels)
        count(call.usage.outputTokens, "hone.model.output_tokens", labels)
        count(Int(clamping: call.cost?.rawValue ?? 0), "hone.model.cost_micro_usd", labels)
        Timer(label: "hone.model.duration", dimensions: labels).record(duration: call.duration)
        if let wait = call.timeToFirstToken {
            Timer(label: "hone.model.time_to_first_token", dimensions: labels).record(duration: wait)
        }
    }

    private func count(_ amount: Int, _ label: String, _ labels: [(String, String)]) {
        if amount > 0 { Counter(label: label, dimensions: labels).increment(by: amount) }
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
