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
    /// A model must be asked this first.
    case unchecked(SanityQuestion)
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

    /// The first of these, as many as may be answered side by side: no more than would be asked one after the other if the
    /// model had nothing of use to say.
    func batch(of requests: ArraySlice<ProposalRequest>, in state: RunState, atMost limit: Int) -> [ProposalRequest] {
        Array(requests.prefix(max(1, min(limit, Self.patience - state.reflection.uselessInARow))))
    }

    /// Whether a reflection model is to be asked for this.
    func asks(for request: ProposalRequest, in state: RunState) -> Bool { reflectionModel(for: request, state) != nil }

    private func reflectionModel(for request: ProposalRequest, _ state: RunState) -> ModelID? {
        guard case .able(let model) = reflection.verdict(among: directory), !state.hasLostPatience(Self.patience),
            request.kind != .demonstrations
        else { return nil }
        return model
    }

    /// `parent` is the prompt that did the request's cases. Nil where the model cannot be had: trials may still be paid where
    /// a long question is not.
    func reflection(
        on request: ProposalRequest, in plan: RunPlan, parent: PromptID, _ state: RunState
    ) async throws -> Reflection? {
        guard let model = reflectionModel(for: request, state) else { return nil }
        do {
            return try await reflector.answer(request, in: plan, parent: parent, on: model)
        } catch let fault as ModelFault {
            logger.warning(
                "no reflection", metadata: ["optimization_id": "\(plan.record.id)", "error": "\(fault.taskFault)"])
            return nil
        }
    }

    /// By the reflection that waits for the request, else by operators. The same request in the same state gets the same
    /// answer. While something is unchecked, what it has made of `state` is to be dropped.
    func answer(
        _ request: ProposalRequest, in plan: RunPlan, _ state: inout RunState
    ) async throws -> ProposalAnswer {
        do {
            if asks(for: request, in: state), let answer = try await reflected(request, plan, &state) { return answer }
            return try await operated(request, plan, &state)
        } catch let question as SanityQuestion {
            return .unchecked(question)
        }
    }

    /// Has a proposed prompt looked over by a model.
    func check(
        _ question: SanityQuestion, for request: ProposalRequest, in plan: RunPlan
    ) async throws -> SanityCheck.Answer {
        let caller = ModelCaller("check", of: "\(plan.record.id)/\(request.number)")
        return try await ModelCaller.$current.withValue(caller) {
            try await guardrails.answer(to: question, payer: plan.payer(.check))
        }
    }

    /// Nil where the model had nothing to offer that may be tried: then operators have.
    private func reflected(
        _ request: ProposalRequest, _ plan: RunPlan, _ state: inout RunState
    ) async throws -> ProposalAnswer? {
        var offered: [Reflection.Variation] = []
        state.reflection.asked += 1
        if let reflection = state.reflection.take(request.number) {
            state.spent += reflection.cost
            for name in reflection.refusals { state.refused[name, default: 0] += 1 }
            for variation in reflection.variations where try await mayTry(variation.genome, request, plan, &state) {
                offered.append(variation)
            }
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

    /// Throws the question that a model must answer first.
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
            price: plan.agent.model.flatMap { directory.snapshot.models[$0]?.price },
            left: plan.record.cap.map { $0.limit - state.spent })
        if let refusal = try await guardrails.refusal(of: proposal) { return refusal }
        guard let question = guardrails.question(about: proposal) else { return nil }
        guard let verdict = state.checks.verdict(on: question, of: request.number) else { throw question }
        return verdict.refusal
    }
}

extension RunState {
    fileprivate func hasLostPatience(_ patience: Int) -> Bool { reflection.uselessInARow >= patience }
}
