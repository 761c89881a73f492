import Foundation
import HoneCore
import HoneIntelligence
import HoneMessages

extension CeleryCall {
    /// The task that the call asks for. Its keyword arguments are the fields of `TaskSubmitted`; what they leave open,
    /// the call's own options say.
    func task(replyingTo replyKey: String) throws(InvalidValue) -> TaskSubmitted {
        var members = members
        try settle("task_id", .string(origin.uuid.uuidString.lowercased()), in: &members)
        if !ignoresResult { try settle("reply_to", .string(replyKey), in: &members) }
        members["deadline"] = members["deadline"].map { value in
            value.string.flatMap(PythonTime.date).map { .string(WireFormat.text(of: $0)) } ?? value
        }
        var task = try Self.read(members)
        task.metadata = origin.added(to: task.metadata)
        task.priority = task.priority ?? honePriority
        task.deadline = [task.deadline, expires].compactMap(\.self).min()
        if let timeLimit, task.constraints?.maxDuration == nil {
            var constraints = task.constraints ?? TaskConstraints()
            constraints.maxDuration = timeLimit
            task.constraints = constraints
        }
        return task
    }

    /// nil, our default, for Celery's own; less urgent for the steps that are.
    private var honePriority: Int? {
        priority <= 0 ? nil : max(0, TaskSubmitted.defaultPriority - (priority + 1) / 2)
    }

    /// A field that is ours to fill.
    private func settle(
        _ name: String, _ value: JSONValue, in members: inout [String: JSONValue]
    ) throws(InvalidValue) {
        if let found = members[name], found != value, found != .null {
            throw InvalidValue("kwargs.\(name)", found, expected: "nothing, or \(InvalidValue.summary(of: value))")
        }
        members[name] = value
    }

    private static func read(_ members: [String: JSONValue]) throws(InvalidValue) -> TaskSubmitted {
        if let found = members["metadata"]?[CeleryOrigin.member] {
            throw InvalidValue("kwargs.metadata.\(CeleryOrigin.member)", found, expected: "nothing: the bridge's own")
        }
        do throws(InvalidValue) {
            guard let data = try? WireFormat.encode(JSONValue.object(members)) else {
                throw InvalidValue("", .object(members), expected: "JSON")
            }
            let task = try WireFormat.decode(TaskSubmitted.self, from: data)
            try task.validate()
            if let fault = task.expected?.fault { throw fault }
            return task
        } catch {
            throw InvalidValue(path: "kwargs.\(error.path)", found: error.found, expected: error.expected)
        }
    }
}
