import HoneCore
import HoneEvolution
import HoneModels
import HoneService
import HoneStore

/// What a run's money is enough for, before it is spent.
struct TrialPrice {
    private let plan: RunPlan
    private let directory: Directory

    init(_ plan: RunPlan, _ directory: Directory) {
        self.plan = plan
        self.directory = directory
    }

    /// Makes sure that the budget pays one trial at least. Throws a ``RunEnd`` that says what it would take.
    func checkFirst() throws {
        guard let cap = plan.record.cap, let model else { return }
        guard model.price != nil else {
            throw refusal("model \(model.id) has no price, so budget.max_cost_usd cannot be kept")
        }
        guard let least = prices(of: plan.genome).min(), least > cap.limit else { return }
        throw refusal(
            "budget.max_cost_usd is \(cap.limit), too little for one trial: the smallest may cost \(least)")
    }

    /// The most that a trial of this prompt may cost; zero where there is no cap to keep.
    func most(of genome: Genome) -> MicroUSD {
        plan.record.cap == nil ? .zero : prices(of: genome).max() ?? .zero
    }

    /// Trials at this price that what is left pays side by side, a share of the whole kept back.
    func mostOpen(at price: MicroUSD, spent: MicroUSD, keeping share: Double = 0) -> Int {
        guard let cap = plan.record.cap, price > .zero else { return .max }
        let free = MicroUSD(dollars: (1 - share) * cap.limit.dollars) - spent
        return max(1, Int(free.rawValue / price.rawValue))
    }

    /// Why a gate would end before its first pair; nil where one can be paid. Its own cases are sealed: those that the
    /// search may see stand for them.
    func gateObstacle(of genome: Genome, spent: MicroUSD) -> String? {
        guard let cap = plan.record.cap,
            let dearer = [genome, plan.genome].compactMap({ prices(of: $0).min() }).max(), dearer > cap.limit - spent
        else { return nil }
        return "\(cap.limit - spent) of the budget is left, and one of the gate's trials may cost \(dearer)"
    }

    /// Nil where it costs nothing.
    private var model: ApprovedModel? {
        plan.agent.model.flatMap { directory.snapshot.models[$0] }.flatMap { $0.isFree ? nil : $0 }
    }

    private func refusal(_ text: String) -> RunEnd { .impossible(TaskFault(.costCapExceeded, text)) }

    /// What is set aside for each case.
    private func prices(of genome: Genome) -> [MicroUSD] {
        guard let model else { return [] }
        let renderer = PromptRenderer()
        let parameters = plan.agent.parameters.overridden(by: genome.template.parameters)
        return plan.cases.compactMap { item in
            guard let messages = try? renderer.messages(for: genome.template, input: item.input) else { return nil }
            return directory.models.mostCost(of: ChatRequest(messages, parameters: parameters), on: model.id)
        }
    }
}
