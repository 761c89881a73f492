import Foundation
import HoneCore
import HoneEvolution
import HoneMessages
import HoneStore

/// What a run works on, read once when it begins or goes on.
struct RunPlan: Sendable {
    let record: OptimizationRecord
    let agent: Agent
    let baseline: StoredPrompt
    let benchmarkID: String
    let category: HoneCore.Category?
    /// Train and validation; those of the holdout nobody here may see.
    let cases: [BenchmarkCase]
    let searchCases: SearchCases
    /// Before its first step.
    private let search: Search
    /// Trials that may be run in all.
    let rollouts: Int

    var seed: UInt64 { UInt64(bitPattern: record.seed) }

    var series: TrialSeries {
        TrialSeries(
            optimizationID: record.id, agentID: agent.id, benchmarkID: benchmarkID, baseline: baseline.prompt.id,
            seed: seed)
    }

    /// How the model is called today.
    var parameters: ModelParameters { agent.parameters.overridden(by: baseline.prompt.template.parameters) }

    /// Today's prompt as a genome.
    var genome: Genome { Genome(template: baseline.prompt.template, parameters: parameters) }

    func ids(in split: BenchmarkSplit) -> [String] { cases.filter { $0.split == split }.map(\.id) }

    /// The search before its first step.
    var start: SearchRun {
        SearchRun(search, from: genome, cases: searchCases, rollouts: rollouts, seed: seed)
    }
}

extension RunPlan {
    /// Loads it. Throws a ``RunEnd`` where a run cannot begin.
    init(_ record: OptimizationRecord, in store: Store) async throws {
        guard let agent = try await store.agents.load(record.agentID), agent.agent.lifecycle != .retired else {
            throw RunEnd.agentGone(record.agentID)
        }
        guard let baseline = try await Self.baseline(of: record, in: store) else {
            throw RunEnd.impossible(
                TaskFault(.constraintUnsatisfiable, "agent \(agent.id) has no prompt in production to improve"))
        }
        guard let benchmark = record.benchmarkID else {
            throw RunEnd.impossible(TaskFault(.invalidMessage, "the optimization names no benchmark"))
        }
        self.record = record
        self.agent = agent.agent
        self.baseline = baseline
        benchmarkID = benchmark
        category = try await store.benchmarks.load(benchmark)?.category
        cases =
            try await store.benchmarks.cases(of: benchmark, in: .train)
            + store.benchmarks.cases(of: benchmark, in: .validation)
        searchCases = try Self.searchCases(cases)
        try Self.check(try await store.benchmarks.holdout(of: benchmark), searchCases)
        let effort = Effort(rawValue: record.auto) ?? .medium
        let algorithm = SearchAlgorithm(rawValue: record.algorithm) ?? .gepa
        let plan = SearchPlan(algorithm, effort, cases: searchCases, rollouts: record.wishes.maxRollouts)
        search = Search(algorithm, record.params) ?? plan.search
        rollouts = plan.rollouts
    }

    /// Nothing is spent on a search whose result no gate could prove.
    private static func check(_ holdout: [HoldoutCase], _ cases: SearchCases) throws {
        let fitness = BenchmarkFitness(
            train: cases.train.count, validation: cases.validation.count, holdout: holdout.count,
            controls: holdout.count(where: \.control))
        if let refusal = fitness.refusal {
            throw RunEnd.impossible(TaskFault(.invalidMessage, "benchmark: \(refusal)"))
        }
    }

    private static func searchCases(_ cases: [BenchmarkCase]) throws -> SearchCases {
        do {
            return try SearchCases(
                train: cases.filter { $0.split == .train }.map(\.id),
                validation: cases.filter { $0.split == .validation }.map(\.id),
                kinds: Dictionary(cases.compactMap { item in item.expected?.shownAnswer.map { (item.id, $0) } }) { $1 })
        } catch {
            throw RunEnd.impossible(TaskFault(.invalidMessage, "benchmark: \(error)"))
        }
    }

    /// A run that goes on compares with what it began with, whatever is in production by now.
    private static func baseline(of record: OptimizationRecord, in store: Store) async throws -> StoredPrompt? {
        guard let known = record.baselinePromptID else { return try await store.prompts.production(of: record.agentID) }
        return try await store.prompts.load(known)
    }
}

extension Search {
    /// Sized by hand; nil where nobody said anything.
    fileprivate init?(_ algorithm: SearchAlgorithm, _ params: JSONValue) {
        let size = { (name: String) in params[name]?.int }
        let (minibatch, lanes) = (size("minibatch"), size("lanes"))
        let (proposals, population) = (size("proposals"), size("population"))
        switch algorithm {
        case .gepa:
            guard let lanes else { return nil }
            self = .gepa(GEPA(lanes: lanes))
        case .mipro where minibatch != nil || proposals != nil:
            self = .mipro(MIPRO(proposals: proposals ?? 6, minibatch: minibatch ?? 10))
        case .nsga2 where minibatch != nil || population != nil:
            self = .nsga2(NSGA2Search(size: population ?? 10, firstCases: minibatch ?? 8))
        default: return nil
        }
    }
}
