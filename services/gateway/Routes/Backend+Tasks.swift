import HoneCore
import HoneStore
import Hummingbird

extension Backend {
    /// The task that the path names, and what the caller may see of it. One it may not see is not there, 404.
    func task(in context: GatewayContext) async throws -> (task: TaskRecord, access: TaskAccess) {
        let caller = try context.knownCaller
        guard let task = try await store.tasks.load(context.id("id", of: "such task")) else {
            throw Problem.notFound("such task")
        }
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
