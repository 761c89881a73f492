import Foundation
import HoneCore

@testable import HoneEvolution

/// A search in a landscape, with answers at once.
struct Searching {
    let landscape: Landscape
    let reflection: LandscapeReflection
    var run: SearchRun

    static let train = (0..<60).map { "train-\($0)" }
    static let validation = (0..<40).map { "validation-\($0)" }

    init(_ search: Search, seed: UInt64, rollouts: Int) throws {
        landscape = Landscape(seed: 77 &+ seed)
        reflection = LandscapeReflection(landscape)
        run = SearchRun(
            search, from: Genome(template: PromptTemplate(system: "Answer the question.")),
            cases: try SearchCases(train: Self.train, validation: Self.validation), rollouts: rollouts, seed: seed)
    }

    /// Answers everything that is open; false once the search is over.
    mutating func step(_ order: ([SearchRequest]) -> [SearchRequest] = { $0 }) -> Bool {
        let requests = order(run.ask())
        for request in requests { answer(request) }
        return !requests.isEmpty
    }

    mutating func answer(_ request: SearchRequest) {
        switch request {
        case .trial(let trial):
            let text = run.board.candidates[trial.candidate].genome.text
            let passed = landscape.passes(text, trial.caseID)
            run.tell(trial, TrialResult(score: passed ? 1 : 0, passed: passed, cost: 10, seconds: 1))
        case .proposal(let proposal):
            let failed = proposal.cases.filter { run.board.score(of: proposal.parents[0], on: $0) != 1 }
            guard proposal.kind != .demonstrations else {
                return run.tell(proposal: proposal.number, nil, maker: "reflection")
            }
            var genome = proposal.genome
            genome.template.system = reflection.edit(genome.text, failed: failed, turn: proposal.number)
            run.tell(proposal: proposal.number, genome, maker: "reflection")
        }
    }

    mutating func finish() { while step() {} }

    /// The true quality of what the search would send to the gate.
    var quality: Double { landscape.trueQuality(run.best.genome.text) }

    var bytes: Data {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            return try encoder.encode(run)
        }
    }
}

/// The plainest way to search: whoever gains on the next minibatch takes its parent's place, and nothing is validated.
enum Greedy {
    /// The true quality of what it ends with.
    static func quality(minibatch: Int, seed: UInt64, rollouts: Int) -> Double {
        let landscape = Landscape(seed: 77 &+ seed)
        let reflection = LandscapeReflection(landscape)
        var generator = SeededGenerator(seed: seed)
        var (text, deck) = ("Answer the question.", [String]())
        for turn in 0..<(rollouts / (2 * minibatch)) {
            if deck.count < minibatch { deck = Searching.train.shuffled(using: &generator) }
            let batch = deck.prefix(minibatch)
            deck.removeFirst(minibatch)
            let failed = batch.filter { !landscape.passes(text, $0) }
            let child = reflection.edit(text, failed: Array(failed), turn: turn)
            if batch.count(where: { landscape.passes(child, $0) }) > minibatch - failed.count { text = child }
        }
        return landscape.trueQuality(text)
    }
}

extension Genome {
    var text: String { template.system ?? "" }
}
