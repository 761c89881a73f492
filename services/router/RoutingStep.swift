import Foundation
import HoneBus
import HoneCore
import HoneMessages
import HoneStore

/// What routing does with one task, before and after it is on record.
enum RoutingStep {
    /// It goes to an agent.
    case assigned(TaskRecord, Route)
    /// Nobody can take it.
    case ended(TaskRecord, TaskFault)
    /// The executor ended it: only the publisher has still to hear of it.
    case concluded(TaskRecord, TaskFault)
    /// It was dealt with before: only its follow-up is published again.
    case standing(TaskRecord)
    /// Somebody asks for a task that is known; the result is there when the task is over.
    case latecomer(TaskRecord, replyTo: String?, TaskResult?)
    /// Another process moved it meanwhile.
    case overtaken

    /// The follow-ups. The same message always gives the same ids.
    func publications<Body>(after message: Received<Body>) throws -> [Publication] {
        switch self {
        case .assigned(let record, let route):
            return [try message.causes(TaskAssigned(record, route))]
        case .ended(let record, let fault):
            return try Self.ending(of: record, fault, after: message)
        case .concluded(let record, let fault):
            return try [Self.reply(of: record, fault, after: message)].compactMap(\.self)
        case .standing(let record):
            if let fault = record.fault { return try Self.ending(of: record, fault, after: message) }
            guard !record.status.isTerminal, let assigned = TaskAssigned(record) else { return [] }
            return [try message.causes(assigned)]
        case .latecomer(_, let key, let result):
            guard let key, let result else { return [] }
            let id = message.id.derived(Reply.type)
            return [try Reply(result).publication(to: key, id: id, traceparent: message.traceparent)]
        case .overtaken:
            return []
        }
    }

    /// The id under which the router announces that a task has failed as a whole.
    static func idOfEnd(of task: TaskID) -> UUID { task.uuid.derived("\(TaskFailed.type)/final") }

    private static func ending<Body>(
        of record: TaskRecord, _ fault: TaskFault, after message: Received<Body>
    ) throws -> [Publication] {
        let failed = TaskFailed(
            taskID: record.id, agentID: record.agentID, attempt: record.attempt, error: fault, final: true)
        let announcement = try Publication(failed, id: idOfEnd(of: record.id), traceparent: message.traceparent)
        return try [announcement, reply(of: record, fault, after: message)].compactMap(\.self)
    }

    private static func reply<Body>(
        of record: TaskRecord, _ fault: TaskFault, after message: Received<Body>
    ) throws -> Publication? {
        try record.replyTo.map { key in
            try Reply(record, ended: fault).publication(
                to: key, id: record.id.uuid.derived(Reply.type), traceparent: message.traceparent)
        }
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
        let routes = steps.compactMap { if case .assigned(_, let route) = $0 { route } else { nil } }
        let endings = steps.compactMap { step in
            if case .ended(let record, let fault) = step { Ending(taskID: record.id, fault: fault) } else { nil }
        }
        let moved = try await tasks.route(routes).union(try await tasks.finish(endings))
        return steps.map { step in
            switch step {
            case .assigned(let record, _), .ended(let record, _): moved.contains(record.id) ? step : .overtaken
            case .concluded, .standing, .latecomer, .overtaken: step
            }
        }
    }
}
