import HoneCore
import ScriptedModel
import Synchronization

/// Who works in a stack under chaos, and what their models do.
enum Cast {
    /// The models, agents and templates, as `hone apply` takes them.
    static func resources(modelURL: String) -> String {
        """
        \(model("echo", "provider: echo"))
        \(model("judge", "provider: openai\nbase_url: \(modelURL)"))
        \(model("scripted", "provider: openai\nbase_url: \(modelURL)"))
        \(agent("echo-one", "echo"))
        \(agent("echo-two", "echo"))
        \(agent("scripted-one", "scripted"))
        \(agent("scripted-two", "scripted"))
        \(template("echo"))
        \(template("scripted"))
        """
    }

    private static func model(_ id: String, _ place: String) -> String {
        """
        ---
        kind: Model
        id: \(id)
        model: \(id)
        \(place)
        cost_per_1k_input: 0.00015
        cost_per_1k_output: 0.0006
        concurrency: 64
        """
    }

    private static func agent(_ id: String, _ model: String) -> String {
        """
        ---
        kind: Agent
        id: \(id)
        type: llm
        roles: [worker]
        specialization: [\(model)]
        model: \(model)
        capacity: 64
        prompt: {user: "{{ input }}"}
        """
    }

    private static func template(_ category: String) -> String {
        """
        ---
        kind: ObjectiveTemplate
        category: \(category)
        description: Work for the chaos suite.
        """
    }
}

extension Cast {
    /// Says no for longer than a caller waits, so that the message goes to the delayed set or the task to another agent;
    /// says it once per text.
    private static let later = ScriptedReply.status(429, retryAfter: "60")

    /// The judge and the reviewers like everything; of what ``TaskKind`` marks, some fails once and some always.
    static func answering() -> ScriptedModel.Answering {
        let seen = Seen()
        return { request in
            let text = request.lastUserText
            let failsOnce = text.firstMatch(of: /(judge|work)-fails-once-[0-9]+/).map { String($0.0) }
            let isAboutWork = request.model == "scripted"
            if let failsOnce, failsOnce.hasPrefix("work") == isAboutWork, !request.isReview, seen.isFirst(failsOnce) {
                return later
            }
            if isAboutWork { return text.contains("is-refused") ? .misbehaving(.refusal) : .echo }
            return .text(request.verdict)
        }
    }

    private final class Seen: Sendable {
        private let texts = Mutex<Set<String>>([])

        func isFirst(_ text: String) -> Bool { texts.withLock { $0.insert(text).inserted } }
    }
}

extension ScriptedRequest {
    fileprivate var isReview: Bool { systemText.contains("You are Kai") || systemText.contains("You are Maya") }

    fileprivate var verdict: String {
        let criteria =
            if systemText.contains("You are Kai") {
                ["accuracy", "clarity", "depth"]
            } else if systemText.contains("You are Maya") {
                ["completeness", "relevance", "usefulness"]
            } else {
                ["accuracy", "relevance", "completeness"]
            }
        return "{" + criteria.map { "\"\($0)\": {\"reason\": \"seen\", \"score\": 0.75}" }.joined(separator: ", ") + "}"
    }
}
