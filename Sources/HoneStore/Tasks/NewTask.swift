import HoneCore
import Postgres

/// A task on its way into the record, given to an agent already or not.
struct NewTask {
    let submission: Submission
    let route: Route?

    init(_ submission: Submission, _ route: Route?) {
        self.submission = submission
        self.route = route
    }

    /// As columns, in the order of `rows`.
    static func newTasks(_ rows: [NewTask]) -> SQL {
        let tasks = rows.map(\.submission)
        let routes = rows.map(\.route)
        return """
            select * from unnest(
                \(tasks.map(\.taskID))::uuid[], \(tasks.map(\.submissionID))::uuid[],
                \(tasks.map(\.contentHash))::uuid[], \(rows.map(\.status))::text[],
                \(rows.map(\.category))::text[], \(rows.map(\.complexity))::integer[],
                \(tasks.map(\.priority))::integer[], \(tasks.map(\.deadline))::timestamptz[],
                \(tasks.map { JSONText($0.input) })::text[], \(tasks.map(\.constraints.json))::text[],
                \(tasks.map(\.expected.json))::text[], \(tasks.map(\.pin.json))::text[],
                \(tasks.map(\.metadata.json))::text[], \(tasks.map(\.unknownFields.json))::text[],
                \(tasks.map(\.userID?.storable))::text[], \(tasks.map(\.sessionID?.storable))::text[],
                \(tasks.map(\.replyTo?.storable))::text[], \(tasks.map(\.traceparent?.storable))::text[],
                \(tasks.map(\.experimentID))::uuid[], \(tasks.map(\.parentTaskID))::uuid[],
                \(tasks.map(\.owner?.storable))::text[], \(routes.map { $0?.agentID })::text[],
                \(routes.map { $0?.promptID })::uuid[], \(routes.map { $0?.decision.id })::uuid[],
                \(routes.map { $0?.attempt ?? 0 })::integer[],
                \(routes.map { $0?.categoryConfidence })::double precision[],
                \(routes.map { $0?.complexityEstimated ?? false })::boolean[]
            ) with ordinality as submission (
                id, submission_id, content_hash, status, category, complexity, priority, deadline, input, constraints,
                expected, pin, metadata, unknown_fields, user_id, session_id, reply_to, traceparent, experiment_id,
                parent_task_id, owner, agent_id, prompt_id, decision_id, attempt, category_confidence,
                complexity_estimated, position)
            """
    }

    /// The decisions among `rows`, each with its task's message.
    static func newDecisions(_ rows: [NewTask]) -> SQL {
        let routed = rows.filter { $0.route != nil }
        let decisions = routed.compactMap { $0.route?.decision }
        return """
            select * from unnest(
                \(routed.map(\.submission.submissionID))::uuid[], \(decisions.map(\.id))::uuid[],
                \(routed.compactMap(\.route?.attempt))::integer[], \(decisions.map(\.policy))::text[],
                \(decisions.map { ArrayText($0.candidates) })::text[],
                \(decisions.map { ArrayText($0.scores) })::text[],
                \(decisions.map { ArrayText($0.propensities) })::text[],
                \(decisions.map { ArrayText($0.featureNames) })::text[],
                \(decisions.map { ArrayText($0.features) })::text[], \(decisions.map(\.reason.storable))::text[],
                \(decisions.map(\.seed))::bigint[]
            ) as decision (
                submission_id, decision_id, attempt, policy, candidates, scores, propensities, feature_names, features,
                reason, seed)
            """
    }

    private var status: TaskStatus { route == nil ? .submitted : .routed }
    private var category: HoneCore.Category? { route?.category ?? submission.category }
    private var complexity: Int? { route?.complexity ?? submission.complexity }
}

extension Submission {
    fileprivate var unknownFields: [String: JSONValue]? { unknown.isEmpty ? nil : unknown }
}
