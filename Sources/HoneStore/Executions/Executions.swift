public import HoneCore
import Postgres

/// One attempt, by its fencing token.
public struct AttemptKey: Hashable, Sendable {
    public var taskID: TaskID
    public var attempt: Int
    public var agentID: AgentID

    public init(taskID: TaskID, attempt: Int, agentID: AgentID) {
        self.taskID = taskID
        self.attempt = attempt
        self.agentID = agentID
    }
}

/// Whether an attempt may be worked on.
public enum Beginning: Sendable {
    /// The task is running with this attempt now.
    case started
    /// The attempt is over already; its follow-up may have been lost, so publish that again from the record.
    case over(ExecutionRecord)
    /// The attempt is not, or no longer, the task's own: do nothing. Nil when there is no such task.
    case superseded(TaskStatus?)
}

/// What became of a result.
public enum Recording: Sendable {
    /// It is on record now.
    case recorded
    /// The attempt had a result before, which stands.
    case again(ExecutionRecord)
    /// The attempt is no longer the task's own; nothing was written. Nil when there is no such task.
    case refused(TaskStatus?)
}

/// `executions` and `agent_node_performance`: what was tried, at what price, step by step.
public struct Executions: Sendable {
    let executor: any SQLExecutor

    /// Marks tasks as running, each only if it was given to this very agent in this very attempt and is not over.
    /// Answers in the order of `attempts`. Repeating it is harmless, and so is losing it: a server that dies within the
    /// second may forget the mark, and takes the result all the same. So it waits for no disk, and belongs into no
    /// transaction that should.
    public func begin(_ attempts: [AttemptKey]) async throws -> [Beginning] {
        guard !attempts.isEmpty else { return [] }
        let begun = try await executor.query(
            """
            update agent_tasks as task set status = 'running', moved_at = now()
            from unnest(
                \(attempts.map(\.taskID))::uuid[], \(attempts.map(\.attempt))::integer[],
                \(attempts.map(\.agentID))::text[]
            ) as claim (task_id, attempt, agent_id), (select set_config('synchronous_commit', 'off', true)) as lazily
            where task.id = claim.task_id and task.attempt = claim.attempt and task.agent_id = claim.agent_id
                and task.failed_attempt < task.attempt and task.status in ('routed', 'running')
            returning task.id as "taskID", task.attempt, task.agent_id as "agentID"
            """, as: AttemptKey.self)
        let started = Set(begun)
        let others = try await outcomes(of: attempts.filter { !started.contains($0) })
        return attempts.map { key in
            if started.contains(key) { return .started }
            return others.record(of: key).map(Beginning.over) ?? .superseded(others.status(of: key))
        }
    }

    /// Tells that these attempts are still worked on: their tasks count as moved now.
    public func renew(_ attempts: [AttemptKey]) async throws {
        guard !attempts.isEmpty else { return }
        // In one order everywhere, so that two executors cannot lock each other out.
        try await executor.run(
            """
            with mine as (
                select task.id from agent_tasks as task
                join unnest(
                    \(attempts.map(\.taskID))::uuid[], \(attempts.map(\.attempt))::integer[],
                    \(attempts.map(\.agentID))::text[]
                ) as claim (task_id, attempt, agent_id) on task.id = claim.task_id
                where task.attempt = claim.attempt and task.agent_id = claim.agent_id and task.status = 'running'
                order by task.id for no key update of task skip locked
            )
            update agent_tasks as task set moved_at = now() from mine where task.id = mine.id
            """)
    }

    /// Those of these attempts that are no longer the task's own, or whose task is over: nobody will take their result.
    public func lost(among attempts: [AttemptKey]) async throws -> [AttemptKey] {
        guard !attempts.isEmpty else { return [] }
        return try await executor.query(
            """
            select claim.task_id as "taskID", claim.attempt, claim.agent_id as "agentID"
            from unnest(
                \(attempts.map(\.taskID))::uuid[], \(attempts.map(\.attempt))::integer[],
                \(attempts.map(\.agentID))::text[]
            ) as claim (task_id, attempt, agent_id)
            join agent_tasks as task on task.id = claim.task_id
            where task.attempt <> claim.attempt or task.agent_id <> claim.agent_id or task.finished_at is not null
            """, as: AttemptKey.self)
    }

    /// All attempts at a task, first to last.
    public func load(_ task: TaskID) async throws -> [ExecutionRecord] {
        try await load([task])
    }

    /// All attempts at these tasks, those of one task first to last.
    public func load(_ tasks: [TaskID]) async throws -> [ExecutionRecord] {
        try await executor.query(
            """
            \(fragment: ExecutionRow.select) where execution.task_id = any(\(tasks)::uuid[])
            order by execution.task_id, execution.attempt
            """, as: ExecutionRow.self
        ).map(\.record)
    }

    /// What is on record of attempts that could not go on.
    func outcomes(of attempts: [AttemptKey]) async throws -> AttemptOutcomes {
        guard !attempts.isEmpty else { return AttemptOutcomes() }
        let rows = try await executor.query(
            """
            \(fragment: ExecutionRow.select) where (execution.task_id, execution.attempt) in (
                select * from unnest(\(attempts.map(\.taskID))::uuid[], \(attempts.map(\.attempt))::integer[]))
            """, as: ExecutionRow.self)
        let states = try await executor.query(
            """
            select id as "taskID", status from agent_tasks where id = any(\(attempts.map(\.taskID))::uuid[])
            """, as: AttemptOutcomes.State.self)
        return AttemptOutcomes(rows.map(\.record), states)
    }
}

extension AttemptKey: Decodable {}

/// Results and states of some attempts, to look up.
struct AttemptOutcomes {
    struct State: Decodable {
        var taskID: TaskID
        var status: TaskStatus
    }

    private var records: [AttemptKey: ExecutionRecord] = [:]
    private var statuses: [TaskID: TaskStatus] = [:]

    init() {}

    init(_ records: [ExecutionRecord], _ states: [State]) {
        self.records = Dictionary(records.map { ($0.key, $0) }) { first, _ in first }
        statuses = Dictionary(states.map { ($0.taskID, $0.status) }) { first, _ in first }
    }

    func record(of key: AttemptKey) -> ExecutionRecord? { records[key] }
    func status(of key: AttemptKey) -> TaskStatus? { statuses[key.taskID] }
}

extension ExecutionRecord {
    public var key: AttemptKey { AttemptKey(taskID: taskID, attempt: attempt, agentID: agentID) }
}
