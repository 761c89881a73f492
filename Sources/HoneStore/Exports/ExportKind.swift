/// What can be taken out of the record, row by row.
public enum ExportKind: String, Sendable, CaseIterable {
    case scores, executions, routing, rewards, statistics

    /// The members of each row, in order. Money is in dollars, time in seconds unless the name says otherwise.
    public var columns: [String] {
        switch self {
        case .scores: Self.scoreColumns
        case .executions: Self.executionColumns
        case .routing: Self.routingColumns
        case .rewards:
            ["task_id", "agent_id", "reward", "penalty", "points", "attainable", "share", "created_at", "updated_at"]
        case .statistics: Self.statisticsColumns
        }
    }

    private static let scoreColumns = [
        "task_id", "agent_id", "attempt", "prompt_id", "category", "complexity", "accuracy_score", "relevance_score",
        "completeness_score", "efficiency_score", "overall_score", "passed", "feedback", "evaluator_kind",
        "evaluator_model", "formula_version", "user_rating", "user_feedback", "total_tokens", "cost_usd",
        "cost_per_quality_point", "model", "temperature", "duration_seconds", "experiment_id", "created_at",
    ]

    private static let executionColumns = [
        "task_id", "attempt", "agent_id", "prompt_id", "model", "temperature", "input_tokens", "cached_input_tokens",
        "output_tokens", "llm_calls", "cost_usd", "duration_seconds", "time_to_first_token_seconds", "finish_reason",
        "status", "error_code", "error_message", "retryable", "final", "created_at",
    ]

    private static let routingColumns = [
        "id", "task_id", "attempt", "agent_id", "policy", "candidates", "scores", "propensities", "feature_names",
        "features", "reason", "seed", "created_at",
    ]

    private static let statisticsColumns = [
        "agent_id", "category", "model", "day", "count", "passed", "failed", "infrastructure_failures", "scored",
        "overall_sum", "overall_squares", "priced", "cost_usd", "duration_seconds", "tokens", "ratings", "rating_sum",
    ]
}
