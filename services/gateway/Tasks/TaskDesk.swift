import Foundation
import HoneBus
import HoneCore
import HoneMessages
import HoneService
import HoneStore
import Logging

/// Takes tasks in: on record first, then on the bus, so that whoever is told of a task finds it.
struct TaskDesk {
    let store: Store
    let transport: any BusTransport
    let rules: SubmissionRules
    let admission: AdmissionWatch
    let routing: RoutingDesk
    private let acceptances: GroupCommit<Submission, Acceptance>
    private let assignments: GroupCommit<(Submission, Route), Acceptance>
    private let logger: Logger

    init(
        store: Store, transport: any BusTransport, rules: SubmissionRules, admission: AdmissionWatch,
        routing: RoutingDesk, logger: Logger
    ) {
        self.store = store
        self.transport = transport
        self.rules = rules
        self.admission = admission
        self.routing = routing
        self.logger = logger
        acceptances = GroupCommit { try await store.tasks.accept($0) }
        assignments = GroupCommit { batch in
            let routes = batch.map { ($0.submissionID, $1) }
            return try await store.tasks.accept(batch.map(\.0), routed: Dictionary(routes) { first, _ in first })
        }
    }

    /// The task as it stands, new or known. Throws 422 for what cannot be done, 409 for another task under a known id, 429
    /// while no new work is taken.
    func submit(
        _ task: TaskSubmitted, as id: TaskID, by caller: Caller, traceparent: String? = nil
    ) async throws -> TaskRecord {
        try await submit(draft(task, id, caller, traceparent), for: caller)
    }

    /// For a new task that somebody waits for: it is given to an agent here, as the router would, and goes on record with
    /// that decision. One that no agent can take now is left to the router.
    func assign(_ task: TaskSubmitted, as id: TaskID, by caller: Caller, traceparent: String? = nil) async throws {
        let draft = try await draft(task, id, caller, traceparent)
        var record = TaskRecord(accepted: draft.submission, at: Date())
        guard let route = try? routing.route(record, at: Date()) else {
            _ = try await submit(draft, for: caller)
            return
        }
        guard try await assignments.submit((draft.submission, route)).isNew else { return routing.takeBack(route) }
        record.take(route)
        guard let assigned = TaskAssigned(record) else { return }
        await publish(try assigned.publication(in: record), of: id)
    }

    private struct Draft {
        let submission: Submission
        /// What brings it to the router.
        let message: Publication
    }

    private func draft(
        _ task: TaskSubmitted, _ id: TaskID, _ caller: Caller, _ traceparent: String?
    ) async throws -> Draft {
        try await rules.check(task, by: caller)
        try admission.check()
        var task = task
        task.taskID = id
        let message = try rules.message(task, traceparent: traceparent)
        return Draft(
            submission: Submission(
                task, id: id, message: message.messageID, traceparent: traceparent, owner: caller.owner),
            message: message)
    }

    private func submit(_ draft: Draft, for caller: Caller) async throws -> TaskRecord {
        switch try await acceptances.submit(draft.submission) {
        case .new, .again:
            await publish(draft.message, of: draft.submission.taskID)
            return TaskRecord(accepted: draft.submission, at: Date())
        case .known(let record, let differs):
            return try known(record, differs: differs, to: caller)
        }
    }

    private func known(_ record: TaskRecord, differs: Bool, to caller: Caller) throws -> TaskRecord {
        guard !differs, caller.access(to: record.owner) == .full else {
            throw Problem.conflict("Another task has the id \(record.id).")
        }
        return record
    }

    /// The task is on record: should the bus be away now, the router's reconciler publishes it once it is back.
    private func publish(_ message: Publication, of id: TaskID) async {
        do {
            try await transport.publish([message])
        } catch {
            logger.warning("a task waits for the bus", metadata: ["task_id": "\(id)", "error": "\(error)"])
        }
    }
}

extension TaskAssigned {
    /// The message that brings it to an executor, the same whoever sends it.
    fileprivate func publication(in record: TaskRecord) throws -> Publication {
        let trace = record.traceparent ?? TraceParent(rootOf: record.submissionID).description
        return try Publication(self, id: Self.id(of: taskID, attempt: attempt), causedBy: trace)
    }
}
