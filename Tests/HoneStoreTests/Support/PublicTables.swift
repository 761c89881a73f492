/// The tables and columns that people read with SQL: a public interface.
enum PublicTables {
    static let columns: [String: Set<String>] = declared.mapValues { Set($0.split(separator: " ").map(String.init)) }

    private static let declared = [
        "agents": """
        id nickname type lifecycle activity specialization vapi_assistant_id created_at updated_at
        """,
        "approved_models_provider": "id provider model cost_per_1k_input cost_per_1k_output valid_from",
        "objective_templates": "category description evaluation_criteria recommended_agents weights",
        "agent_tasks": """
        id status category complexity priority deadline input constraints expected agent_id attempt output \
        error_code parent_task_id experiment_id session_id user_id created_at finished_at
        """,
        "executions": """
        task_id attempt agent_id prompt_id model input_tokens output_tokens cost_micro_usd latency_ms status \
        error_code created_at
        """,
        "agent_node_performance": """
        task_id attempt agent_id node_name execution_time_seconds tokens_used success error_message \
        output_quality_score
        """,
        "agent_performance_scores": """
        task_id agent_id objective_category task_complexity accuracy_score relevance_score completeness_score \
        efficiency_score overall_score passed user_rating user_feedback total_tokens cost_micro_usd \
        cost_per_quality_point model_used temperature duration_seconds created_at
        """,
        "agent_peer_evaluations": """
        task_id evaluated_agent_id evaluator_agent_id evaluation_score evaluation_feedback evaluation_criteria
        """,
        "rewards": "task_id agent_id reward penalty points attainable",
        "agent_performance_stats": """
        agent_id nickname total_tasks successful_tasks failed_tasks avg_overall_score avg_user_rating \
        total_cost_micro_usd avg_duration_seconds category_performance model_performance overall_rank \
        category_ranks points last_updated
        """,
        "routing_decisions": """
        id task_id attempt agent_id policy candidates scores propensities reason seed created_at
        """,
        "prompts": "id agent_type version content created_at", "prompt_parents": "child_id parent_id role ordinal",
        "prompt_transitions": "prompt_id from_state to_state actor reason",
        "experiments": "id prompt_id status results",
        "experiment_results": "experiment_id", "benchmarks": "id category",
        "benchmark_cases": "id input expected split",
        "optimizations": "id agent_id status", "evaluations": "id agent_id pass_rate", "budgets": "id cap_micro_usd",
        "budget_ledger": "amount_micro_usd", "model_calls": "id model", "insights": "id delta",
        "improvement_sessions": "id status", "alerts": "id kind", "audit_log": "actor action",
        "api_keys": "role hash salt",
        "system_logs": "timestamp level source message details",
    ]
}
