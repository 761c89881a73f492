import HoneCore
import HoneEvolution
import HoneModels
import HoneService
import HoneStore
import Logging

/// What became of a wish for a new prompt.
enum ProposalAnswer: Sendable {
    /// Nil where nothing usable was found.
    case offered(Genome?, maker: String)
    /// A budget did not pay the reflection model.
    case unaffordable(TaskFault)
}

/// Makes new prompts: by operators, which need no model, or by a reflection model that is able to.
struct ProposalDesk: Sendable {
    let store: Store
    let directory: Directory
    let reflection: ReflectionChoice
    let logger: Logger
    private let renderer = PromptRenderer()

    init(store: Store, directory: Directory, reflectionModel: ModelID?, logger: Logger) {
        self.store = store
        self.directory = directory
        reflection = ReflectionChoice(chosen: reflectionModel)
        self.logger = logger
    }

    /// Who makes this process's proposals, and why.
    var proposer: String { reflection.verdict(among: directory).sentence }

    /// The same request in the same state gets the same answer of operators.
    func answer(
        _ request: ProposalRequest, in plan: RunPlan, _ state: inout RunState
    ) async throws -> ProposalAnswer {
        let operators = OperatorProposer(examples: plan.examples(renderer), seed: plan.seed)
        guard let offer = operators.propose(request, knowing: state.search.board) else {
            return .offered(nil, maker: "operators")
        }
        guard isSound(offer.genome) else { return .offered(nil, maker: offer.maker) }
        return .offered(offer.genome, maker: offer.maker)
    }

    /// Before a trial is paid for.
    private func isSound(_ genome: Genome) -> Bool {
        (try? renderer.validate(genome.template)) != nil
    }
}
