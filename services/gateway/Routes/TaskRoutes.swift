import Foundation
import HoneAPI
import HoneBus
import HoneCore
import HoneMessages
import HoneService
import HoneStore
import Hummingbird

/// Tasks: handing them in, looking at them, stopping them, and saying what one thinks of them.
struct TaskRoutes: RouteArea {
    let backend: Backend

    func add(to router: Router<GatewayContext>) {
        router.on(.post, "/api/tasks", for: .publisher) { try await submit($0, $1) }
        router.on(.get, "/api/tasks", for: .viewer) { try await list($0, $1) }
        router.on(.get, "/api/tasks/:id", for: .viewer) { try await show($1) }
        router.on(.post, "/api/tasks/:id/cancel", for: .publisher) { try await cancel($1) }
        router.on(.post, "/api/tasks/:id/feedback", for: .publisher) { try await rate($0, $1) }
        router.on(.get, "/api/tasks/:id/events", for: .viewer) { try await follow($0, $1) }
    }

    private func submit(_ request: Request, _ context: GatewayContext) async throws -> Response {
        let task = try await request.json(TaskSubmitted.self)
        return try await TaskIntake(backend: backend).answer(task, to: request, in: context)
    }

    private func list(_ request: Request, _ context: GatewayContext) async throws -> Answer<Page<TaskSummaryBody>> {
        let query = Query(request)
        let limit = try query.limit()
        var filter = try query.taskFilter()
        filter.owner = try context.knownCaller.horizon
        let last = try query.place(of: TaskID.self).map { (createdAt: $0.time, id: $0.id) }
        return Answer(
            try .tasks(try await backend.store.tasks.list(filter, after: last, limit: limit + 1), limit: limit))
    }

    private func show(_ context: GatewayContext) async throws -> Answer<TaskBody> {
        let (detail, access) = try await backend.detail(in: context)
        let body = TaskBody(detail)
        return Answer(access == .full ? body : body.withoutContents)
    }

    private func cancel(_ context: GatewayContext) async throws -> Answer<SubmittedBody> {
        let caller = try context.knownCaller
        let task = try await backend.ownTask(in: context)
        let end = TaskEnd(store: backend.store, transport: backend.transport)
        let record = try await end.cancel(task, because: "cancelled by \(caller.id)")
        try await backend.store.audit.record(
            actor: caller.id, action: "task.cancel", subjectKind: "task", subjectID: "\(task.id)")
        return Answer(SubmittedBody(taskID: record.id, status: record.status))
    }

    private func rate(_ request: Request, _ context: GatewayContext) async throws -> Answer<SubmittedBody> {
        let task = try await backend.ownTask(in: context)
        let form = try await request.json(FeedbackForm.self)
        let message = try form.message(
            on: task.id, from: context.knownCaller, key: request.headers.value(named: "Idempotency-Key"),
            traceparent: request.traceparent)
        try await backend.transport.publish([message])
        return Answer(SubmittedBody(taskID: task.id, status: task.status), status: .accepted)
    }

    private func follow(_ request: Request, _ context: GatewayContext) async throws -> Response {
        let (task, access) = try await backend.task(in: context)
        let last = try request.headers.value(named: "Last-Event-ID").flatMap(Self.place)
        // A stream is begun only where nothing of it can be lost.
        _ = try await backend.hub.present(of: .progress, within: .seconds(3))
        let stream = try TaskEventStream(
            backend: backend, caller: context.knownCaller, task: task, isOutline: access != .full, last: last)
        return .events { writer in try await stream.write(to: &writer) }
    }

    /// An empty one is none: so a browser says that it has no event yet.
    private static func place(_ text: String) throws(InvalidValue) -> EventID? {
        guard !text.isEmpty else { return nil }
        guard let place = EventID(text) else {
            throw InvalidValue(
                path: "Last-Event-ID", found: InvalidValue.summary(of: .string(text)), expected: "the id of an event")
        }
        return place
    }
}
