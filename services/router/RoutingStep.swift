import Foundation
import HoneBus
import HoneCore
import HoneMessages
import HoneService
import HoneStore

/// What routing does with one task, before and after it is on record.
enum RoutingStep {
    /// It goes to an agent.
    case assigned(TaskRecord, Route)
    /// Nobody can take it.
    case ended(TaskRecord, TaskFault)
    /// It was dealt with before: only its follow-up is published again.
    case standing(TaskRecord)
    /// Somebody asks for a task that is known; the result is there when the task is over.
    case latecomer(TaskRecord, replyTo: String?, TaskResult?)
    /// Another process moved it meanwhile.
    case overtaken

    /// The follow-ups. The same step always gives the same ids, whatever brought it about.
    func publications(after cause: Cause) throws -> [Publication] {
        switch self {
        case .assigned(let record, let route):
            return [try TaskAssigned(record, route).publication(after: cause)]
        case .ended(let record, let fault):
            return try record.announcements(ended: fault, traceparent: cause.traceparent)
        case .standing(let record):
            if let fault = record.fault {
                return try record.announcements(ended: fault, traceparent: cause.traceparent)
            }
            guard !record.status.isTerminal, let assigned = TaskAssigned(record) else { return [] }
            return [try assigned.publication(after: cause)]
        case .latecomer(_, let key, let result):
            guard let key, let result else { return [] }
            let id = cause.id.derived(Reply.type)
            return [try Reply(result).publication(to: key, id: id, traceparent: cause.traceparent)]
        case .overtaken:
            return []
        }
    }

    /// What watchers are told; routing as such is not worth an event.
    var progress: ProgressMade? {
        guard case .ended(let record, let fault) = self else { return nil }
        return record.progress(ended: fault)
    }
}

/// What brings a step about: a message, or the task itself when its message is lost.
struct Cause {
    let id: UUID
    let traceparent: String?

    init<Body>(_ message: Received<Body>) {
        id = message.id
        traceparent = message.traceparent
    }

    init(_ record: TaskRecord) {
        id = record.submissionID
        traceparent = record.traceparent ?? TraceParent(rootOf: record.submissionID).description
    }
}

extension TaskAssigned {
    fileprivate func publication(after cause: Cause) throws -> Publication {
        try Publication(self, id: Self.id(of: taskID, attempt: attempt), causedBy: cause.traceparent)
    }
}

extension RoutingStep {
    var route: Route? { if case .assigned(_, let route) = self { route } else { nil } }

    /// The same once the task is on record with its route.
    var onRecord: RoutingStep {
        guard case .assigned(var record, let route) = self else { return self }
        record.take(route)
        return .standing(record)
    }
}

extension RoutingDesk {
    /// Decides; a task that nobody can take ends.
    func step(_ record: TaskRecord, tried: [AgentID] = [], at now: Date) -> RoutingStep {
        do throws(TaskFault) {
            return .assigned(record, try route(record, tried: tried, at: now))
        } catch {
            return .ended(record, error)
        }
    }
}

extension Store {
    /// Puts decisions and endings on record; those that another process overtook come back as such.
    func settle(_ steps: [RoutingStep]) async throws -> [RoutingStep] {
        let routes = steps.compactMap(\.route)
        let endings = steps.compactMap { step in
            if case .ended(let record, let fault) = step { Ending(taskID: record.id, fault: fault) } else { nil }
        }
        let moved = try await tasks.route(routes).union(try await tasks.finish(endings))
        return steps.map { step in
            switch step {
            case .assigned(let record, _), .ended(let record, _): moved.contains(record.id) ? step : .overtaken
            case .standing, .latecomer, .overtaken: step
            }
        }
    }
}
