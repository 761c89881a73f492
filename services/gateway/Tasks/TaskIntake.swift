import Foundation
import HoneAPI
import HoneCore
import HoneMessages
import HoneStore
import Hummingbird

/// Takes a task from a request, waits for its end where that was asked for, and answers.
struct TaskIntake {
    let backend: Backend

    /// The most seconds a request may wait.
    static let longestWait = 300

    /// 202 with the task's state, or 200 with everything when it ends within `?wait=` seconds.
    func answer(_ task: TaskSubmitted, to request: Request, in context: GatewayContext) async throws -> Response {
        let caller = try context.knownCaller
        let seconds = try Query(request).integer("wait", in: 0...Self.longestWait) ?? 0
        let id = task.taskID ?? Self.id(of: request, from: caller)
        // Whoever waits listens before there is anything to hear.
        let steps = seconds > 0 ? backend.watch.steps(of: id, for: .seconds(seconds), beat: .seconds(2)) : nil
        let record = try await backend.tasks.submit(task, as: id, by: caller, traceparent: request.traceparent)
        if let steps, await isOver(record, in: steps, context), let detail = try await backend.store.detail(of: id) {
            return try Answer(TaskBody(detail)).response(from: request, context: context)
        }
        return try Answer(
            SubmittedBody(taskID: id, status: record.status), status: .accepted,
            headers: [.location: "/api/tasks/\(id)"]
        ).response(from: request, context: context)
    }

    /// The work goes on when the client goes away: others may look for its result.
    private func isOver(
        _ record: TaskRecord, in steps: AsyncStream<TaskStep>, _ context: GatewayContext
    ) async -> Bool {
        if record.status.isTerminal { return true }
        return await backend.watch.end(in: steps) { await context.isAwaited }
    }

    /// The same key from the same caller always means the same task.
    private static func id(of request: Request, from caller: Caller) -> TaskID {
        guard let key = request.headers.value(named: "Idempotency-Key") else { return .new() }
        return TaskID(UUID.hone.derived("task/\(caller.id)/\(key)"))
    }
}
