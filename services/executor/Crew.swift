import HoneCore
import HoneMessages
import HoneService
import HoneStore

/// Who does a task, with what: the assignment's names turned into things.
struct Crew {
    let agent: Agent
    let model: ApprovedModel
    let prompt: Prompt
    /// The agent's own, with those of the prompt and those that the task pins in their place.
    let parameters: ModelParameters
}

extension AgentRunner {
    /// Throws a fault in the public vocabulary when a name leads nowhere.
    func crew(for assignment: TaskAssigned) async throws -> Crew {
        let known = directory.snapshot
        guard let stored = known.agents[assignment.agentID] else {
            throw TaskFault(.unknownAgent, "there is no agent \(assignment.agentID)")
        }
        guard stored.agent.type == .llm else {
            throw TaskFault(.toolError, "agents of type \(stored.agent.type.rawValue) are not run by this executor")
        }
        guard let modelID = assignment.task.pin?.model ?? stored.agent.model, let model = known.models[modelID] else {
            throw TaskFault(.modelUnavailable, "agent \(assignment.agentID) has no approved model")
        }
        let prompt = try await prompt(of: assignment, stored)
        return Crew(
            agent: stored.agent, model: model, prompt: prompt,
            parameters: stored.agent.parameters.overridden(by: prompt.template.parameters)
                .overridden(by: assignment.task.pin?.parameters))
    }

    private func prompt(of assignment: TaskAssigned, _ agent: StoredAgent) async throws -> Prompt {
        guard let id = assignment.promptID ?? agent.promptID, let prompt = try await directory.prompt(id) else {
            throw TaskFault(.internal, "agent \(assignment.agentID) has no prompt", retryable: true)
        }
        return prompt
    }
}

extension TaskPin {
    fileprivate var parameters: ModelParameters {
        ModelParameters(temperature: temperature, stop: stop, seed: seed)
    }
}
