import Foundation
import HoneCore
import Postgres

/// An attempt as the tables hold it.
struct ExecutionRow: Decodable {
    var taskID: TaskID
    var attempt: Int
    var agentID: AgentID
    var promptID: PromptID?
    var model: ModelID?
    var temperature: Double?
    var inputTokens: Int
    var cachedInputTokens: Int
    var outputTokens: Int
    var llmCalls: Int
    var costMicroUsd: MicroUSD?
    var durationSeconds: Double
    var timeToFirstTokenSeconds: Double?
    var finishReason: String?
    var toolCalls: JSONValue?
    var errorCode: ErrorCode?
    var errorMessage: String?
    var retryable: Bool?
    var createdAt: Date
    var output: JSONValue?
    var isFinal: Bool
    var nodes: [NodeRecord]?

    var record: ExecutionRecord {
        ExecutionRecord(
            taskID: taskID, attempt: attempt, agentID: agentID, promptID: promptID, model: model,
            temperature: temperature,
            usage: TokenUsage(
                inputTokens: inputTokens, cachedInputTokens: cachedInputTokens, outputTokens: outputTokens,
                llmCalls: llmCalls),
            cost: costMicroUsd, durationSeconds: durationSeconds, timeToFirstTokenSeconds: timeToFirstTokenSeconds,
            finishReason: finishReason, toolCalls: toolCalls, nodes: nodes ?? [], result: result, endedAt: createdAt)
    }

    private var result: ExecutionRecord.Result {
        guard let errorCode else { return .completed(output: output ?? .null) }
        return .failed(TaskFault(errorCode, errorMessage ?? "", retryable: retryable), final: isFinal)
    }

    /// Everything above; the caller adds the condition on `execution`.
    static let select: SQL = """
        select execution.task_id as "taskID", execution.attempt, execution.agent_id as "agentID",
            execution.prompt_id as "promptID", execution.model, execution.temperature, execution.input_tokens,
            execution.cached_input_tokens, execution.output_tokens, execution.llm_calls, execution.cost_micro_usd,
            execution.duration_seconds, execution.time_to_first_token_seconds, execution.finish_reason,
            execution.tool_calls, execution.error_code, execution.error_message, execution.retryable,
            execution.created_at, case when execution.status = 'completed' then task.output end as output,
            execution.final as "isFinal",
            (select jsonb_agg(
                    jsonb_build_object(
                        'name', node_name, 'duration_seconds', execution_time_seconds, 'tokens', tokens_used,
                        'success', success, 'error', error_message)
                    order by ordinal)
                from agent_node_performance as node
                where node.task_id = execution.task_id and node.attempt = execution.attempt) as nodes
        from executions as execution join agent_tasks as task on task.id = execution.task_id
        """
}
