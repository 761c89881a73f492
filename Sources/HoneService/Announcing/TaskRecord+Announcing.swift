import Foundation
public import HoneBus
public import HoneCore
public import HoneMessages
public import HoneStore

extension TaskRecord {
    /// What is told of a task that ended without a result: that it failed, and its publisher why. The same end always
    /// gives the same messages.
    public func announcements(ended fault: TaskFault, traceparent: String?) throws -> [Publication] {
        let failed = TaskFailed(taskID: id, agentID: agentID, attempt: attempt, error: fault, final: true)
        let announcement = try Publication(failed, id: TaskFailed.idOfEnd(of: id), traceparent: traceparent)
        return try [announcement, reply(ended: fault, traceparent: traceparent)].compactMap(\.self)
    }

    /// What its publisher is told; nil when nobody asked for a reply.
    public func reply(ended fault: TaskFault, traceparent: String?) throws -> Publication? {
        try replyTo.map { key in
            try Reply(self, ended: fault).publication(to: key, id: Reply.id(of: id), traceparent: traceparent)
        }
    }

    /// What its watchers are told.
    public func progress(ended fault: TaskFault) -> ProgressMade {
        ProgressMade(
            subject: .task, subjectID: id.description, agentID: agentID, kind: .error, message: "\(fault)",
            data: ["code": .string(fault.code.rawValue), "attempt": .integer(Int64(attempt)), "final": true])
    }
}
