import HoneCore

/// Proposes prompts by operators, and learns which of them pay in this search.
///
/// The operator is drawn by Thompson sampling on its own record: how many of its children did better than their parents on
/// the cases both have done (Thompson, 1933). The same request in the same state gives the same proposal.
public struct OperatorProposer: Sendable {
    private static let attempts = 20
    /// What the first proposals are made by, and how many these are: before a prompt is polished, others are looked at that
    /// have little in common with it.
    private static let opening: any PromptOperator = WriteAnew()
    private static let openingLength = 40
    private static let lean = 0.15
    private static let forInstructions: [any PromptOperator] = [
        ChooseWording(), ChooseQuestion(), AddSentence(), DropSentence(),
    ]
    private static let forDemonstrations: [any PromptOperator] = [
        ChooseDemonstrations(), AddDemonstrations(), DropDemonstration(), ReorderDemonstrations(), CounterLean(),
    ]
    private static let forAnswers: [any PromptOperator] = [ChooseLabelWords(), ForceChoice(), TurnParameter()]

    private let examples: [Example]
    private let seed: UInt64

    /// `seed` is the run's.
    public init(examples: [Example], seed: UInt64) {
        self.examples = examples
        self.seed = seed
    }

    /// A genome that the board does not know yet, and what made it; nil when no operator finds one.
    public func propose(_ request: ProposalRequest, knowing board: Scoreboard) -> (genome: Genome, maker: String)? {
        var generator = SeededGenerator(seed: seed ^ SplitMix64.mixed(UInt64(request.number)))
        let failed = request.cases.filter { (board.score(of: request.parents[0], on: $0) ?? 1) < 1 }
        let today = board.candidates.first?.genome.template.user ?? "{{ input }}"
        let passed = request.cases.filter { board.score(of: request.parents[0], on: $0) == 1 }
        let workshop = Workshop(
            examples: untold(request, board), failed: Set(failed), passed: Set(passed),
            neglected: neglected(by: request.parents[0], board), today: today)
        let records = Self.records(board)
        for _ in 0..<Self.attempts {
            let drawn =
                Self.isOpening(request)
                ? Self.opening : Self.draw(Self.operators(for: request.kind), records, using: &generator)
            guard let child = drawn.apply(to: request.genome, workshop, using: &generator),
                !board.knows(child)
            else { continue }
            return (child, drawn.name)
        }
        return nil
    }

    /// Examples that the child can be shown without knowing the cases that it is tried on next, those its parent has done;
    /// bootstrapped ones are wanted for their answers, and are tried on others.
    private func untold(_ request: ProposalRequest, _ board: Scoreboard) -> [Example] {
        guard request.kind != .demonstrations else { return examples }
        let fresh = examples.filter { board.result(of: request.parents[0], on: $0.caseID) == nil }
        return fresh.count >= AddDemonstrations.most ? fresh : examples.filter { !request.cases.contains($0.caseID) }
    }

    private static func operators(for kind: ProposalRequest.Kind) -> [any PromptOperator] {
        switch kind {
        case .instruction: forInstructions
        case .demonstrations: forDemonstrations + [BootstrapDemonstrations()]
        case .anything: [opening] + forDemonstrations + forInstructions + forAnswers
        }
    }

    /// Three of the first four proposals look far away; what comes later, and the fourth, is drawn by what paid.
    private static func isOpening(_ request: ProposalRequest) -> Bool {
        request.kind == .anything && request.number < openingLength && request.number % 4 != 3
    }

    /// The answer that this candidate gets wrong most often, by at least ``lean`` more than the one it gets right most often
    /// (with one pass and one failure imagined for each).
    private func neglected(by candidate: Int, _ board: Scoreboard) -> String? {
        var tallies: [String: (failed: Double, done: Double)] = [:]
        for example in examples {
            var tally = tallies[example.answer] ?? (1, 2)
            if let score = board.score(of: candidate, on: example.caseID) { tally = (tally.0 + 1 - score, tally.1 + 1) }
            tallies[example.answer] = tally
        }
        let rates = tallies.map { (answer: $0.key, rate: $0.value.failed / $0.value.done) }
            .sorted { $0.rate == $1.rate ? $0.answer < $1.answer : $0.rate > $1.rate }
        guard rates.count <= Workshop.mostLabels, let first = rates.first, let last = rates.last,
            first.rate >= last.rate + Self.lean
        else { return nil }
        return first.answer
    }

    private static func draw(
        _ operators: [any PromptOperator], _ records: [String: OperatorRecord], using generator: inout SeededGenerator
    ) -> any PromptOperator {
        var best: (operator: any PromptOperator, draw: Double) = (operators[0], -1)
        for candidate in operators {
            let draw = (records[candidate.name] ?? OperatorRecord()).draw(using: &generator)
            if draw > best.draw { best = (candidate, draw) }
        }
        return best.operator
    }

    private static func records(_ board: Scoreboard) -> [String: OperatorRecord] {
        var records: [String: OperatorRecord] = [:]
        for child in board.candidates {
            guard let parent = child.parents.first, let gain = board.gain(of: child.number, over: parent) else {
                continue
            }
            records[child.maker, default: OperatorRecord()].note(gain)
        }
        return records
    }
}

/// How an operator's children did against their parents.
struct OperatorRecord {
    private var wins = 1
    private var losses = 1

    mutating func note(_ gain: Double) {
        if gain > 0 { wins += 1 } else { losses += 1 }
    }

    /// From Beta(wins, losses), as the wins-th smallest of wins + losses − 1 uniform draws.
    func draw(using generator: inout SeededGenerator) -> Double {
        (1..<(wins + losses)).map { _ in generator.nextUnit() }.sorted()[wins - 1]
    }
}

extension Scoreboard {
    func knows(_ genome: Genome) -> Bool { candidates.contains { $0.genome == genome } }

    /// The mean difference on the cases that both have done; nil without any.
    func gain(of child: Int, over parent: Int) -> Double? {
        let differences = shared(child, parent).compactMap { id in
            score(of: child, on: id).flatMap { mine in score(of: parent, on: id).map { mine - $0 } }
        }
        return differences.isEmpty ? nil : differences.reduce(0, +) / Double(differences.count)
    }
}
