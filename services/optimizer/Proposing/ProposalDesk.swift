import HoneCore
import HoneEvolution
import HoneModels
import HoneService
import HoneStore
import Logging

/// What became of a wish for a new prompt.
enum ProposalAnswer: Sendable {
    /// Variations to try; none where nothing usable was found.
    case offered([Genome], maker: String)
    /// A budget did not pay a model.
    case unaffordable(TaskFault)
}

/// Makes new prompts: by operators, which need no model, or by a reflection model that is able to. Nothing is offered that
/// a guardrail keeps from being tried.
struct ProposalDesk: Sendable {
    /// Operators' proposals that may be refused in a row.
    private static let attempts: UInt64 = 4
    /// Answers of no use in a row after which a run goes on without its reflection model.
    private static let patience = 4

    let directory: Directory
    let reflection: ReflectionChoice
    private let reflector: Reflector
    private let guardrails: PromptGuard
    let logger: Logger
    private let renderer = PromptRenderer()

    init(store: Store, directory: Directory, memory: InsightDesk, settings: Settings, logger: Logger) {
        self.directory = directory
        reflection = ReflectionChoice(chosen: settings.reflectionModel)
        guardrails = PromptGuard(store: store, models: directory.models, sanity: settings.sanityModel)
        reflector = Reflector(store: store, models: directory.models, memory: memory, logger: logger)
        self.logger = logger
    }

    /// Who makes a run's proposals, and why.
    func proposer(of state: RunState) -> String {
        guard case .able(let model) = reflection.verdict(among: directory), state.hasLostPatience(Self.patience) else {
            return reflection.verdict(among: directory).sentence
        }
        return "operators: \(model) gave \(Self.patience) answers in a row that were of no use"
    }

    /// `parent` is the prompt that did the request's cases. The same request in the same state gets the same answer of
    /// operators, and asks a reflection model the same.
    func answer(
        _ request: ProposalRequest, in plan: RunPlan, parent: PromptID, _ state: inout RunState
    ) async throws -> ProposalAnswer {
        do {
            if case .able(let model) = reflection.verdict(among: directory), !state.hasLostPatience(Self.patience),
                request.kind != .demonstrations,
                let answer = try await reflected(request, plan, parent, model, &state)
            {
                return answer
            }
            return try await operated(request, plan, &state)
        } catch let fault as ModelFault where fault.taskFault.code == .costCapExceeded {
            return .unaffordable(fault.taskFault)
        }
    }

    /// Nil where the model had nothing to offer that may be tried: then operators have.
    private func reflected(
        _ request: ProposalRequest, _ plan: RunPlan, _ parent: PromptID, _ model: ModelID, _ state: inout RunState
    ) async throws -> ProposalAnswer? {
        var offered: [ReflectionAnswer.Variation] = []
        state.reflection.asked += 1
        do {
            let answer = try await reflector.answer(request, in: plan, parent: parent, on: model)
            state.spent += answer.cost ?? .zero
            for refusal in answer.refusals { state.refused[refusal.name, default: 0] += 1 }
            for variation in answer.variations where try await mayTry(variation.genome, request, plan, &state) {
                offered.append(variation)
            }
        } catch let fault as ModelFault {
            // Trials may still be paid where a long question is not: operators go on.
            logger.warning(
                "no reflection", metadata: ["optimization_id": "\(plan.record.id)", "error": "\(fault.taskFault)"])
        }
        guard let first = offered.first else {
            state.reflection.uselessInARow += 1
            return nil
        }
        state.reflection.uselessInARow = 0
        let maker = offered.count == 1 ? first.maker : "reflection"
        return .offered(offered.map(\.genome), maker: maker)
    }

    private func operated(
        _ request: ProposalRequest, _ plan: RunPlan, _ state: inout RunState
    ) async throws -> ProposalAnswer {
        let examples = plan.examples(renderer)
        for attempt in 0..<Self.attempts {
            let seed = plan.seed ^ (attempt == 0 ? 0 : SplitMix64.mixed(attempt))
            let operators = OperatorProposer(examples: examples, seed: seed)
            guard let offer = operators.propose(request, knowing: state.search.board) else { break }
            if try await mayTry(offer.genome, request, plan, &state) {
                return .offered([offer.genome], maker: offer.maker)
            }
        }
        return .offered([], maker: "operators")
    }

    private func mayTry(
        _ genome: Genome, _ request: ProposalRequest, _ plan: RunPlan, _ state: inout RunState
    ) async throws -> Bool {
        guard let refusal = try await refusal(of: genome, request, plan, state) else { return true }
        state.refused[refusal.guardrail.rawValue, default: 0] += 1
        logger.info(
            "a proposed prompt is not tried",
            metadata: ["optimization_id": "\(plan.record.id)", "reason": "\(refusal)"])
        return false
    }

    private func refusal(
        of genome: Genome, _ request: ProposalRequest, _ plan: RunPlan, _ state: RunState
    ) async throws -> GuardrailRefusal? {
        let board = state.search.board
        let proposal = PromptGuard.Proposal(
            child: genome, parent: board.candidates[request.parents[0]].genome,
            known: board.candidates.map(\.genome), benchmark: plan.benchmarkID, examples: plan.shownTexts(renderer),
            payer: plan.payer(.check),
            price: plan.agent.model.flatMap { directory.snapshot.models[$0]?.price },
            left: plan.record.cap.map { $0.limit - state.spent })
        let caller = ModelCaller("check", of: "\(plan.record.id)/\(request.number)")
        return try await ModelCaller.$current.withValue(caller) { try await guardrails.refusal(of: proposal) }
    }
}

extension RunState {
    fileprivate func hasLostPatience(_ patience: Int) -> Bool { reflection.uselessInARow >= patience }
}

extension ReflectionRefusal {
    /// A closed set of names.
    fileprivate var name: String {
        switch self {
        case .garbage: "reflection_garbage"
        case .repeatsParent, .repeatsAnother: "reflection_repeats"
        case .unknownTask: "reflection_unknown_task"
        case .tooLong: "length"
        case .loses: "variables"
        case .copies: "leak"
        case .injection: "injection"
        }
    }
}
