import Foundation
import HoneCore
import Postgres

extension Executions {
    /// Puts results on record, failed attempts too, with their nodes; a completed one and a final failure end the task.
    ///
    /// Each only if it is still the task's own attempt and has no result yet, all in one statement. Answers in the order
    /// of `executions`; of two results for one attempt in a batch the first stands.
    public func record(_ executions: [ExecutionRecord]) async throws -> [Recording] {
        guard !executions.isEmpty else { return [] }
        let rows = executions.uniqued(by: \.taskID)
        var recorded = Set(try await write(rows))
        let isRecorded = executions.map { recorded.remove($0.key) != nil }
        let others = try await outcomes(of: zip(executions, isRecorded).filter { !$0.1 }.map(\.0.key))
        return zip(executions, isRecorded).map { execution, isRecorded in
            if isRecorded { return .recorded }
            return others.record(of: execution.key).map(Recording.again) ?? .refused(others.status(of: execution.key))
        }
    }

    private func write(_ rows: [ExecutionRecord]) async throws -> [AttemptKey] {
        try await executor.query(
            """
            with result as (\(fragment: Self.results(rows))), moved as (
                update agent_tasks as task
                set status = coalesce(result.task_status, task.status), moved_at = now(),
                    output = coalesce(result.output::jsonb, task.output),
                    failed_attempt = case when result.status = 'failed' then task.attempt else task.failed_attempt end,
                    error_code = case when result.task_status <> 'completed' then result.error_code end,
                    error_message = case when result.task_status <> 'completed' then result.error_message end,
                    finished_at = case when result.task_status is not null then now() end
                from result
                where task.id = result.task_id and task.attempt = result.attempt and task.agent_id = result.agent_id
                    and task.failed_attempt < task.attempt and task.status in ('routed', 'running')
                returning task.id
            ), executed as (
                insert into executions (
                    task_id, attempt, agent_id, prompt_id, model, temperature, input_tokens, cached_input_tokens,
                    output_tokens, llm_calls, cost_micro_usd, latency_ms, duration_seconds,
                    time_to_first_token_seconds, finish_reason, tool_calls, status, error_code, error_message,
                    retryable, final, created_at)
                select task_id, attempt, agent_id, prompt_id, model, temperature, input_tokens, cached_input_tokens,
                    output_tokens, llm_calls, cost_micro_usd, latency_ms, duration_seconds,
                    time_to_first_token_seconds, finish_reason, tool_calls::jsonb, status, error_code, error_message,
                    retryable, coalesce(task_status <> 'completed', false), coalesce(ended_at, now())
                from result join moved on moved.id = result.task_id
                returning task_id, attempt, agent_id, created_at
            ), stepped as (
                insert into agent_node_performance (
                    task_id, attempt, ordinal, agent_id, node_name, execution_time_seconds, tokens_used, success,
                    error_message, created_at)
                select node.task_id, executed.attempt, ordinal, executed.agent_id, name, seconds, tokens, success, error,
                    executed.created_at
                from (\(fragment: Self.steps(rows))) as node
                join executed on executed.task_id = node.task_id
            )
            select task_id as "taskID", attempt, agent_id as "agentID" from executed
            """, as: AttemptKey.self)
    }

    private static func results(_ rows: [ExecutionRecord]) -> SQL {
        """
        select * from unnest(
            \(rows.map(\.taskID))::uuid[], \(rows.map(\.attempt))::integer[], \(rows.map(\.agentID))::text[],
            \(rows.map(\.promptID))::uuid[], \(rows.map(\.model))::text[],
            \(rows.map(\.temperature))::double precision[], \(rows.map(\.usage.inputTokens))::bigint[],
            \(rows.map(\.usage.cachedInputTokens))::bigint[], \(rows.map(\.usage.outputTokens))::bigint[],
            \(rows.map(\.usage.llmCalls))::integer[], \(rows.map(\.cost))::bigint[],
            \(rows.map(\.latencyMilliseconds))::bigint[], \(rows.map(\.durationSeconds))::double precision[],
            \(rows.map(\.timeToFirstTokenSeconds))::double precision[],
            \(rows.map(\.finishReason?.storable))::text[], \(rows.map(\.toolCalls.json))::text[],
            \(rows.map { $0.fault == nil ? "completed" : "failed" })::text[], \(rows.map(\.taskStatus))::text[],
            \(rows.map(\.output.json))::text[], \(rows.map(\.fault?.code))::text[],
            \(rows.map(\.fault?.message.storable))::text[], \(rows.map(\.fault?.retryable))::boolean[],
            \(rows.map(\.endedAt))::timestamptz[]
        ) as result (
            task_id, attempt, agent_id, prompt_id, model, temperature, input_tokens, cached_input_tokens,
            output_tokens, llm_calls, cost_micro_usd, latency_ms, duration_seconds, time_to_first_token_seconds,
            finish_reason, tool_calls, status, task_status, output, error_code, error_message, retryable, ended_at)
        """
    }

    private static func steps(_ rows: [ExecutionRecord]) -> SQL {
        let nodes = rows.flatMap { row in row.nodes.enumerated().map { (row.taskID, $0.offset, $0.element) } }
        return """
            select * from unnest(
                \(nodes.map(\.0))::uuid[], \(nodes.map(\.1))::smallint[], \(nodes.map(\.2.name.storable))::text[],
                \(nodes.map(\.2.durationSeconds))::double precision[], \(nodes.map(\.2.tokens))::bigint[],
                \(nodes.map(\.2.success))::boolean[], \(nodes.map(\.2.error?.storable))::text[]
            ) as step (task_id, ordinal, name, seconds, tokens, success, error)
            """
    }
}

extension ExecutionRecord {
    /// What the task becomes through this result; nil when another agent may still try.
    fileprivate var taskStatus: TaskStatus? {
        switch result {
        case .completed: .completed
        case .failed(let fault, final: true): TaskStatus(endingWith: fault.code)
        case .failed(_, final: false): nil
        }
    }
}
