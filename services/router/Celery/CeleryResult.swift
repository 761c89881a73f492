import Foundation
import HoneCore
import HoneMessages

/// A result as Celery's backends store it: a success holds the reply, a failure an exception to raise.
///
/// Source: `_get_result_meta` and `prepare_exception` of `celery/backends/base.py`, Celery 5.
struct CeleryResult {
    /// A client without a module of that name gets a class of this name from `celery.exceptions`.
    private static let exception = (type: "TaskFailed", module: "hone")

    /// Celery's id of the task.
    let taskID: String
    let document: JSONValue

    /// nil for a reply that names no task.
    init?(_ reply: Reply, at now: Date) throws {
        guard let origin = CeleryOrigin(in: reply.metadata) ?? reply.taskID.map({ CeleryOrigin(id: "\($0)") }) else {
            return nil
        }
        taskID = origin.id
        var members: [String: JSONValue] = [
            "task_id": .string(origin.id), "traceback": .null, "children": [],
            "date_done": .string(PythonTime.text(of: now)),
        ]
        members["group_id"] = origin.group.map(JSONValue.string)
        members["parent_id"] = origin.parent.map(JSONValue.string)
        members["status"] = reply.status == .completed ? "SUCCESS" : "FAILURE"
        members["result"] = reply.status == .completed ? try Self.value(reply) : Self.exception(reply)
        document = .object(members)
    }

    private static func value(_ reply: Reply) throws -> JSONValue {
        var reply = reply
        reply.metadata = CeleryOrigin.removed(from: reply.metadata)
        return try WireFormat.decode(JSONValue.self, from: WireFormat.encode(reply))
    }

    /// Its arguments are the code and the sentence.
    private static func exception(_ reply: Reply) -> JSONValue {
        let fault = reply.error ?? TaskFault(.internal, "the task ended as \(reply.status.rawValue)")
        return [
            "exc_type": .string(exception.type), "exc_module": .string(exception.module),
            "exc_message": [.string(fault.code.rawValue), .string(fault.message)],
        ]
    }
}
