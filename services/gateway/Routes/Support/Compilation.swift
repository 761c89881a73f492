import HoneAPI
import HoneCore
import HoneModels
import HoneService
import HoneStore

/// Whether an agent, as it is declared, can be run: its templates render, its model is approved, and the model's endpoint
/// has what it needs. Nothing is called and nothing changes.
struct Compilation {
    let body: CompilationBody

    init(_ agent: StoredAgent, in directory: Directory, prompt: PromptTemplate?) {
        let checks = [Self.prompt(prompt)] + Self.models(agent.agent, directory)
        body = CompilationBody(agentID: agent.id, checks: checks, pipeline: ["prompt", "model"] + agent.agent.tools)
    }

    private static func prompt(_ template: PromptTemplate?) -> CompilationBody.Check {
        guard let template else { return .init(.prompt, passed: false, "there is no production prompt") }
        do {
            try PromptRenderer().validate(template)
            return .init(.prompt, passed: true, "renders")
        } catch {
            return .init(.prompt, passed: false, error.description)
        }
    }

    private static func models(_ agent: Agent, _ directory: Directory) -> [CompilationBody.Check] {
        let approved = directory.snapshot.models
        guard let id = agent.model ?? directory.model(chosen: nil) else {
            return [.init(.model, passed: false, "no model is approved")]
        }
        guard let model = approved[id] else { return [.init(.model, passed: false, "\(id) is not an approved model")] }
        let own =
            [.init(.model, passed: true, "\(id) is approved"), endpoint(model, directory)] as [CompilationBody.Check]
        return own
            + model.fallback.map { other in
                let isThere = approved[other] != nil
                return .init(.fallback, passed: isThere, "\(other) is \(isThere ? "" : "not ")an approved model")
            }
    }

    private static func endpoint(_ model: ApprovedModel, _ directory: Directory) -> CompilationBody.Check {
        if let fault = directory.models.configurationFault(of: model.id) {
            return .init(.endpoint, passed: false, fault)
        }
        let isOpen = directory.models.isAvailable(model.id)
        return .init(.endpoint, passed: isOpen, isOpen ? "is configured" : "does not answer at present")
    }
}
