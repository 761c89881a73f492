import Foundation
import HoneCore
import Postgres

extension Tasks {
    /// Puts new tasks on record and tells, in the order of `submissions`, what became of each.
    ///
    /// Exactly one of any number of concurrent or repeated calls is told `.new` for a message.
    public func accept(_ submissions: [Submission]) async throws -> [Acceptance] {
        guard !submissions.isEmpty else { return [] }
        var fresh = Set(try await insert(submissions))
        guard fresh.count < submissions.count else { return submissions.map { _ in .new } }

        let isFresh = submissions.map { fresh.remove($0.submissionID) != nil }
        let others = zip(submissions, isFresh).filter { !$0.1 }.map(\.0)
        let known = try await known(others)
        return try zip(submissions, isFresh).map { submission, isFresh in
            isFresh ? .new : try known.acceptance(of: submission)
        }
    }

    /// Inserts what is not there yet; returns the messages whose task is new.
    private func insert(_ rows: [Submission]) async throws -> [UUID] {
        // In the order of ids, so that two batches that share tasks cannot lock each other out.
        try await executor.query(
            """
            insert into agent_tasks (
                id, submission_id, content_hash, category, complexity, priority, deadline, input, constraints,
                expected, pin, metadata, unknown_fields, user_id, session_id, reply_to, traceparent, experiment_id,
                parent_task_id)
            select id, submission_id, content_hash, category, complexity, priority, deadline, input::jsonb,
                coalesce(constraints::jsonb, '{}'), expected::jsonb, pin::jsonb, metadata::jsonb,
                unknown_fields::jsonb, user_id, session_id, reply_to, traceparent, experiment_id, parent_task_id
            from unnest(
                \(rows.map(\.taskID))::uuid[], \(rows.map(\.submissionID))::uuid[],
                \(rows.map(\.contentHash))::uuid[], \(rows.map(\.category))::text[],
                \(rows.map(\.complexity))::integer[], \(rows.map(\.priority))::integer[],
                \(rows.map(\.deadline))::timestamptz[], \(rows.map { JSONText($0.input) })::text[],
                \(rows.map(\.constraints.json))::text[], \(rows.map(\.expected.json))::text[],
                \(rows.map(\.pin.json))::text[], \(rows.map(\.metadata.json))::text[],
                \(rows.map(\.unknownFields.json))::text[], \(rows.map(\.userID?.storable))::text[],
                \(rows.map(\.sessionID?.storable))::text[], \(rows.map(\.replyTo?.storable))::text[],
                \(rows.map(\.traceparent?.storable))::text[], \(rows.map(\.experimentID))::uuid[],
                \(rows.map(\.parentTaskID))::uuid[]
            ) with ordinality as submission (
                id, submission_id, content_hash, category, complexity, priority, deadline, input, constraints,
                expected, pin, metadata, unknown_fields, user_id, session_id, reply_to, traceparent, experiment_id,
                parent_task_id, position)
            order by id, position
            on conflict do nothing
            returning submission_id
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

extension Submission {
    fileprivate var unknownFields: [String: JSONValue]? { unknown.isEmpty ? nil : unknown }
}
