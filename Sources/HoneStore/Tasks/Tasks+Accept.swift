public import Foundation
import HoneCore
import Postgres

extension Tasks {
    /// Puts new tasks on record and tells, in the order of `submissions`, what became of each. One that has a route is
    /// given to its agent at once; routes go by the submission's message, and one for a known task changes nothing.
    ///
    /// Exactly one of any number of concurrent or repeated calls is told `.new` for a message.
    public func accept(_ submissions: [Submission], routed routes: [UUID: Route] = [:]) async throws -> [Acceptance] {
        guard !submissions.isEmpty else { return [] }
        let rows = submissions.uniqued(by: \.submissionID).map { NewTask($0, routes[$0.submissionID]) }
        var fresh = Set(try await insert(rows))
        guard fresh.count < submissions.count else { return submissions.map { _ in .new } }

        let isFresh = submissions.map { fresh.remove($0.submissionID) != nil }
        let others = zip(submissions, isFresh).filter { !$0.1 }.map(\.0)
        let known = try await known(others)
        return try zip(submissions, isFresh).map { submission, isFresh in
            isFresh ? .new : try known.acceptance(of: submission)
        }
    }

    /// Inserts what is not there yet, with the decisions on it; returns the messages whose task is new.
    private func insert(_ rows: [NewTask]) async throws -> [UUID] {
        // In the order of ids, so that two batches that share tasks cannot lock each other out.
        try await executor.query(
            """
            with accepted as (
                insert into agent_tasks (
                    id, submission_id, content_hash, status, category, complexity, priority, deadline, input,
                    constraints, expected, pin, metadata, unknown_fields, user_id, session_id, reply_to, traceparent,
                    experiment_id, parent_task_id, owner, agent_id, prompt_id, routing_decision_id, attempt,
                    category_confidence, complexity_estimated)
                select id, submission_id, content_hash, status, category, complexity, priority, deadline, input::jsonb,
                    coalesce(constraints::jsonb, '{}'), expected::jsonb, pin::jsonb, metadata::jsonb,
                    unknown_fields::jsonb, user_id, session_id, reply_to, traceparent, experiment_id, parent_task_id,
                    owner, agent_id, prompt_id, decision_id, attempt, category_confidence, complexity_estimated
                from (\(fragment: NewTask.newTasks(rows))) as submission order by id, position
                on conflict do nothing
                returning submission_id, id, agent_id
            ), decided as (
                insert into routing_decisions (
                    id, task_id, attempt, agent_id, policy, candidates, scores, propensities, feature_names, features,
                    reason, seed)
                select decision_id, accepted.id, attempt, agent_id, policy, candidates::text[],
                    scores::double precision[], propensities::double precision[], feature_names::text[],
                    features::double precision[], reason, seed
                from (\(fragment: NewTask.newDecisions(rows))) as decision join accepted using (submission_id)
            )
            select submission_id from accepted
            """, as: UUID.self)
    }

    private func known(_ submissions: [Submission]) async throws -> KnownTasks {
        let ids = try await executor.query(
            """
            select id, submission_id as "submissionID", content_hash from agent_tasks
            where id = any(\(submissions.map(\.taskID))::uuid[])
                or submission_id = any(\(submissions.map(\.submissionID))::uuid[])
            """, as: KnownTasks.Key.self)
        return KnownTasks(keys: ids, records: try await load(ids.map(\.id)))
    }
}

/// The tasks that submissions ran into.
private struct KnownTasks {
    struct Key: Decodable {
        var id: TaskID
        var submissionID: UUID
        var contentHash: UUID
    }

    private var byMessage: [UUID: TaskRecord] = [:]
    private var byTask: [TaskID: (record: TaskRecord, hash: UUID)] = [:]

    init(keys: [Key], records: [TaskRecord]) {
        let records = Dictionary(records.map { ($0.id, $0) }) { first, _ in first }
        for key in keys {
            guard let record = records[key.id] else { continue }
            byMessage[key.submissionID] = record
            byTask[key.id] = (record, key.contentHash)
        }
    }

    func acceptance(of submission: Submission) throws -> Acceptance {
        if let record = byMessage[submission.submissionID] { return .again(record) }
        if let (record, hash) = byTask[submission.taskID] {
            return .known(record, differs: hash != submission.contentHash)
        }
        // It was in the way of the insert and is gone: somebody deletes rows by hand.
        throw DatabaseError.conflict(sqlState: "40001")
    }
}
