public import ArgumentParser
import Foundation
public import HoneCore
import HoneMessages

/// Every field of a submitted task besides its input, as options.
struct TaskFields: ParsableArguments {
    @Flag(help: "The input is a JSON object whose members the prompt names.")
    var inputJSON = false

    @Option(help: "The task's id, a UUID; a new one if it is left out.") var taskID: TaskID?
    @Option(help: "An objective template's category; the router classifies if it is left out.") var category: Category?
    @Option(help: "1 (trivial) to 5.") var complexity: Int?
    @Option(help: "0 to 9: 7 and above interactive, 2 and below batch.") var priority: Int?
    @Option(help: "When it is of no use any more, RFC 3339.") var deadline: String?
    @Option(help: "Most dollars for its model calls.") var maxCost: Double?
    @Option(help: "Most seconds of work.") var maxDuration: Double?
    @Option(help: "Most output tokens.") var maxTokens: Int?
    @Option(name: .customLong("agent"), help: "Only this agent; may be repeated.") var agents: [AgentID] = []
    @Option(help: "Not this agent; may be repeated.") var exclude: [AgentID] = []
    @Option(name: .customLong("tool"), help: "Only agents that have this tool; may be repeated.") var tools: [String] =
        []
    @Option(help: "How to check the answer, JSON such as '{\"choice\":\"positive\"}'.") var expected: String?
    @Option(help: "Route to this agent, whatever the router thinks.") var pinAgent: AgentID?
    @Option(help: "Use this prompt, by its id.") var pinPrompt: PromptID?
    @Option(help: "Use this model.") var pinModel: ModelID?
    @Option(help: "The seed of the model call.") var seed: Int64?
    @Option(name: .customLong("user"), help: "On whose behalf.") var userID: String?
    @Option(name: .customLong("session"), help: "Part of which session.") var sessionID: String?
    @Option(help: "A JSON object that is handed back untouched.") var metadata: String?
    @Option(help: "The stream that gets the result.") var replyTo: String?
    @Option(name: .customLong("experiment"), help: "The experiment it is a trial of.") var experimentID: ExperimentID?
    @Option(name: .customLong("parent"), help: "The task it is part of.") var parentTaskID: TaskID?

    /// The task, checked as a router would. Throws `CommandFault` naming the option.
    func task(input: String) throws -> TaskSubmitted {
        var task = TaskSubmitted(
            input: inputJSON ? try Self.json(input, "--input-json") : .string(input), taskID: taskID ?? .new(),
            category: category, complexity: complexity, priority: priority, deadline: try date(),
            constraints: constraints, expected: try expectation(expected), pin: pin,
            metadata: try metadata.map { try Self.json($0, "--metadata") }, replyTo: replyTo)
        task.userID = userID
        task.sessionID = sessionID
        task.experimentID = experimentID
        task.parentTaskID = parentTaskID
        do {
            try task.validate()
        } catch {
            throw CommandFault("\(error)")
        }
        return task
    }

    private func date() throws -> Date? {
        guard let deadline else { return nil }
        guard let date = WireFormat.date(from: deadline) else {
            throw CommandFault("--deadline: expected a time such as 2030-01-31T12:00:00Z, found \"\(deadline)\"")
        }
        return date
    }

    private var constraints: TaskConstraints? {
        let constraints = TaskConstraints(
            maxCost: maxCost, maxDuration: maxDuration, maxTokens: maxTokens, agents: agents.isEmpty ? nil : agents,
            exclude: exclude.isEmpty ? nil : exclude, tools: tools.isEmpty ? nil : tools)
        return constraints == TaskConstraints() ? nil : constraints
    }

    private var pin: TaskPin? {
        let pin = TaskPin(agentID: pinAgent, promptID: pinPrompt, model: pinModel, seed: seed)
        return pin == TaskPin() ? nil : pin
    }

    private func expectation(_ text: String?) throws -> Expectation? {
        guard let text else { return nil }
        do {
            return try WireFormat.decode(Expectation.self, from: Data(text.utf8))
        } catch {
            throw CommandFault("--expected: \(error)")
        }
    }

    private static func json(_ text: String, _ option: String) throws -> JSONValue {
        do {
            return try WireFormat.decode(JSONValue.self, from: Data(text.utf8))
        } catch {
            throw CommandFault("\(option): \(error)")
        }
    }
}

extension Name: ExpressibleByArgument {}
extension TaskStatus: ExpressibleByArgument {}
extension Role: ExpressibleByArgument {}

extension Identifier: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}
