import Foundation
import HoneBus
import HoneCore
import HoneMessages

/// What an aggregator hears of.
enum Event {
    case evaluation(Received<EvaluationCompleted>)
    case review(Received<ReviewCompleted>)
    case feedback(Received<FeedbackReceived>)
    case failure(Received<TaskFailed>)

    static func scored(_ task: TaskID, by agent: AgentID = ada) -> Event {
        .evaluation(
            received(
                EvaluationCompleted(
                    taskID: task, agentID: agent, promptID: nil, category: analysis, complexity: 2, scores: Scores(),
                    passed: nil, feedback: nil, evaluator: .init(kind: .check), costUSD: nil, durationSeconds: 1,
                    costPerQualityPoint: nil)))
    }

    static func reviewed(_ task: TaskID, by reviewer: AgentID = kai) -> Event {
        .review(
            received(
                ReviewCompleted(
                    taskID: task, evaluatedAgentID: ada, evaluatorAgentID: reviewer, score: nil, criteria: [:],
                    feedback: nil)))
    }

    static func rated(_ task: TaskID, _ stars: Int, at time: Date = .now) -> Event {
        .feedback(received(FeedbackReceived(taskID: task, rating: stars), at: time))
    }

    static func failed(_ task: TaskID, attempt: Int = 1, by agent: AgentID? = ada, final: Bool = true) -> Event {
        .failure(
            received(
                TaskFailed(
                    taskID: task, agentID: agent, attempt: attempt, error: TaskFault(.modelError, "it broke"),
                    final: final)))
    }

    static func received<Body: Message>(_ body: Body, at time: Date? = nil) -> Received<Body> {
        let id = UUID()
        return Received(
            id: id, eventID: "\(id)", time: time, stream: StreamName(topic: Body.topic.name), entryID: "1-0", body: body
        )
    }
}
