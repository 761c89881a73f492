import HoneCore
import HoneModels
import HoneService
import HoneStore

/// Makes sure before anything is spent that a run's budget is enough for something.
struct FirstTrial {
    private let plan: RunPlan
    private let directory: Directory

    init(_ plan: RunPlan, _ directory: Directory) {
        self.plan = plan
        self.directory = directory
    }

    /// Throws a ``RunEnd`` that says what it would take.
    func check() throws {
        guard let cap = plan.record.cap, let id = plan.agent.model, let model = directory.snapshot.models[id],
            !model.isFree
        else { return }
        guard model.price != nil else {
            throw refusal("model \(id) has no price, so budget.max_cost_usd cannot be kept")
        }
        guard let least = cheapest(on: id), least > cap.limit else { return }
        throw refusal(
            "budget.max_cost_usd is \(cap.limit), too little for one trial: the smallest may cost \(least)")
    }

    private func refusal(_ text: String) -> RunEnd { .impossible(TaskFault(.costCapExceeded, text)) }

    /// What is set aside for the smallest case.
    private func cheapest(on model: ModelID) -> MicroUSD? {
        let (renderer, template) = (PromptRenderer(), plan.baseline.prompt.template)
        return plan.cases.compactMap { item in
            guard let messages = try? renderer.messages(for: template, input: item.input) else { return nil }
            return directory.models.mostCost(of: ChatRequest(messages, parameters: plan.parameters), on: model)
        }.min()
    }
}
