import HoneCore
import HoneEvolution

/// One search on one landscape, whose model and reflection answer at once.
struct SweepRun {
    struct Find {
        /// The true quality of what was found.
        let quality: Double
        let proposals: Int
    }

    private let landscape: Landscape
    private var run: SearchRun
    private var proposals = 0

    init(_ algorithm: SearchAlgorithm, seed: UInt64, rollouts: Int) throws {
        landscape = Landscape(seed: 1_000 &+ seed)
        let cases = try SearchCases(
            train: (0..<60).map { "train-\($0)" }, validation: (0..<40).map { "validation-\($0)" })
        run = SearchRun(
            SearchPlan(algorithm, .medium, cases: cases, rollouts: rollouts).search,
            from: Genome(template: PromptTemplate(system: "Answer the question.")), cases: cases, rollouts: rollouts,
            seed: seed)
    }

    consuming func finished() -> Find {
        while case let requests = run.ask(), !requests.isEmpty {
            for request in requests { answer(request) }
        }
        return Find(quality: landscape.trueQuality(Self.text(run.best.genome)), proposals: proposals)
    }

    private mutating func answer(_ request: SearchRequest) {
        switch request {
        case .trial(let trial):
            let passed = landscape.passes(Self.text(run.board.candidates[trial.candidate].genome), trial.caseID)
            run.tell(trial, TrialResult(score: passed ? 1 : 0, passed: passed, cost: 10, seconds: 1))
        case .proposal(let wish):
            proposals += 1
            run.tell(proposal: wish.number, wish.kind == .demonstrations ? nil : edited(wish), maker: "reflection")
        }
    }

    private func edited(_ wish: ProposalRequest) -> Genome {
        let failed = wish.cases.filter { run.board.score(of: wish.parents[0], on: $0) != 1 }
        var genome = wish.genome
        genome.template.system = LandscapeReflection(landscape)
            .edit(Self.text(genome), failed: failed, turn: wish.number)
        return genome
    }

    private static func text(_ genome: Genome) -> String { genome.template.system ?? "" }
}
