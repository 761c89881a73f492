import HoneCore
import HoneStore
import Hummingbird

extension Backend {
    /// The task that the path names, and what the caller may see of it. One it may not see is not there, 404.
    func task(in context: GatewayContext) async throws -> (task: TaskRecord, access: TaskAccess) {
        try await task(context.id("id", of: "such task"), for: context.knownCaller, in: store)
    }

    /// The same with everything on record about it.
    func detail(in context: GatewayContext) async throws -> (detail: TaskDetail, access: TaskAccess) {
        let (id, caller): (TaskID, Caller) = (try context.id("id", of: "such task"), try context.knownCaller)
        return try await store.session { store in
            let (task, access) = try await task(id, for: caller, in: store)
            return (try await store.detail(of: task), access)
        }
    }

    private func task(
        _ id: TaskID, for caller: Caller, in store: Store
    ) async throws -> (task: TaskRecord, access: TaskAccess) {
        guard let task = try await store.tasks.load(id) else { throw Problem.notFound("such task") }
        let access = caller.access(to: task.owner)
        guard access != .none else { throw Problem.notFound("such task") }
        return (task, access)
    }

    /// The same for what only those may do who may see all of it.
    func ownTask(in context: GatewayContext) async throws -> TaskRecord {
        let (task, access) = try await task(in: context)
        guard access == .full else { throw Problem.notFound("such task") }
        return task
    }
}
