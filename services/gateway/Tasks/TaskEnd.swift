import Foundation
import HoneBus
import HoneCore
import HoneMessages
import HoneService
import HoneStore

/// Ends tasks that nobody wants any more.
struct TaskEnd {
    let store: Store
    let transport: any BusTransport

    /// Ends the task, and tells its publisher, the statistics and its watchers; an executor that is at it notices within
    /// two seconds and stops. Throws 409 when it has ended otherwise. To cancel it again changes nothing, and says all of
    /// this again in case it was lost the first time.
    func cancel(_ task: TaskRecord, because reason: String) async throws -> TaskRecord {
        let fault = TaskFault(.cancelled, reason)
        let isEnded = try await store.tasks.finish([Ending(taskID: task.id, fault: fault)]).contains(task.id)
        guard let record = try await store.tasks.load(task.id), record.status == .cancelled else {
            throw Problem.conflict("The task is over already.")
        }
        let told = record.fault ?? fault
        try await transport.publishRepliesFirst(record.announcements(ended: told, traceparent: record.traceparent))
        if isEnded {
            let progress = record.progress(ended: told)
            try? await transport.publish([Publication(progress, id: TaskID.new().uuid)])
        }
        return record
    }
}
