import HoneCore
import HoneStore

extension TaskDetail {
    var json: JSONValue {
        get throws {
            guard case .object(var fields) = try task.json else { return .null }
            fields["attempts"] = .array(try executions.map { try $0.json })
            fields["routing_decisions"] = .array(decisions.map(\.json))
            fields["scores"] = try score.map { try JSONValue(encoding: $0.scores) } ?? .null
            fields["passed"] = JSONValue(score?.passed)
            fields["reviews"] = .array(try reviews.map { try $0.json })
            fields["judgements"] = .array(judgements.map(\.json))
            fields["feedback"] = .array(feedback.map(\.json))
            return .object(fields)
        }
    }
}

extension TaskRecord {
    fileprivate var json: JSONValue {
        get throws {
            [
                "task_id": JSONValue(id), "status": .string(status.rawValue), "category": JSONValue(category),
                "complexity": JSONValue(complexity), "priority": JSONValue(priority), "deadline": JSONValue(deadline),
                "input": input, "constraints": try JSONValue(encoding: constraints),
                "expected": try expected.map(JSONValue.init(encoding:)) ?? .null, "metadata": metadata ?? .null,
                "user_id": JSONValue(userID), "session_id": JSONValue(sessionID), "agent_id": JSONValue(agentID),
                "prompt_id": JSONValue(promptID), "attempt": JSONValue(attempt), "output": output ?? .null,
                "error": try fault.map(JSONValue.init(encoding:)) ?? .null,
                "experiment_id": JSONValue(experimentID), "parent_task_id": JSONValue(parentTaskID),
                "created_at": JSONValue(createdAt), "finished_at": JSONValue(finishedAt),
            ]
        }
    }
}

extension ExecutionRecord {
    fileprivate var json: JSONValue {
        get throws {
            [
                "attempt": JSONValue(attempt), "agent_id": JSONValue(agentID), "prompt_id": JSONValue(promptID),
                "model": JSONValue(model), "usage": try JSONValue(encoding: usage),
                "cost_usd": JSONValue(dollars: cost), "duration_seconds": JSONValue(durationSeconds),
                "time_to_first_token_seconds": JSONValue(timeToFirstTokenSeconds),
                "finish_reason": JSONValue(finishReason), "nodes": try JSONValue(encoding: nodes),
                "output": output ?? .null, "error": try fault.map(JSONValue.init(encoding:)) ?? .null,
                "final": .bool(isFinalFailure), "ended_at": JSONValue(endedAt),
            ]
        }
    }
}

extension RoutedAttempt {
    fileprivate var json: JSONValue {
        [
            "id": JSONValue(decision.id), "attempt": JSONValue(attempt), "agent_id": JSONValue(agentID),
            "policy": .string(decision.policy), "candidates": .array(decision.candidates.map { JSONValue($0) }),
            "scores": .array(decision.scores.map(JSONValue.number)),
            "propensities": .array(decision.propensities.map(JSONValue.number)),
            "reason": .string(decision.reason), "seed": .integer(decision.seed), "created_at": JSONValue(createdAt),
        ]
    }
}

extension ReviewRecord {
    fileprivate var json: JSONValue {
        get throws {
            [
                "evaluator_agent_id": JSONValue(evaluatorAgentID), "score": JSONValue(score),
                "criteria": try JSONValue(encoding: criteria), "feedback": .string(feedback),
            ]
        }
    }
}

extension JudgementRecord {
    fileprivate var json: JSONValue {
        [
            "model": JSONValue(model), "purpose": .string(purpose.rawValue), "accuracy": JSONValue(accuracy),
            "relevance": JSONValue(relevance), "completeness": JSONValue(completeness), "reason": .string(reason),
        ]
    }
}

extension FeedbackRecord {
    fileprivate var json: JSONValue {
        [
            "rating": JSONValue(rating), "comment": JSONValue(comment), "user_id": JSONValue(userID),
            "tags": .array(tags.map(JSONValue.string)),
        ]
    }
}
