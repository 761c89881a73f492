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
    private let acceptances: GroupCommit<Submission, Acceptance>
    private let logger: Logger

    init(
        store: Store, transport: any BusTransport, rules: SubmissionRules, admission: AdmissionWatch, logger: Logger
    ) {
        self.store = store
        self.transport = transport
        self.rules = rules
        self.admission = admission
        self.logger = logger
        acceptances = GroupCommit { try await store.tasks.accept($0) }
    }

    /// The task as it stands, new or known. Throws 422 for what cannot be done, 409 for another task under a known id, 429
    /// while no new work is taken.
    func submit(
        _ task: TaskSubmitted, as id: TaskID, by caller: Caller, traceparent: String? = nil
    ) async throws -> TaskRecord {
        try await rules.check(task, by: caller)
        try admission.check()
        var task = task
        task.taskID = id
        let message = try rules.message(task, traceparent: traceparent)
        let submission = Submission(
            task, id: id, message: message.messageID, traceparent: traceparent, owner: caller.owner)
        switch try await acceptances.submit(submission) {
        case .new, .again:
            await publish(message, of: id)
            return TaskRecord(accepted: submission, at: Date())
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
