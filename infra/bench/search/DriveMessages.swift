import Foundation
import HoneCore
import HoneEvolution

/// What to search.
struct DriveOrder: Decodable {
    let algorithm: SearchAlgorithm
    let rollouts: Int
    let seed: UInt64
    let train: [String]
    let validation: [String]
    /// What each train case says, by id.
    let inputs: [String: String]
    let prompt: PromptTemplate
    /// Whether proposals come from operators, which then choose among these examples; else the other side is asked.
    let operators: Bool?
    let examples: [Example]?
    /// What the right answers are, where these are few, by case.
    let kinds: [String: String]?

    func run() throws -> SearchRun {
        let cases = try SearchCases(train: train, validation: validation, kinds: kinds ?? [:])
        let plan = SearchPlan(algorithm, .medium, cases: cases, rollouts: rollouts)
        return SearchRun(plan.search, from: Genome(template: prompt), cases: cases, rollouts: rollouts, seed: seed)
    }

    func question(_ wish: ProposalRequest, _ board: Scoreboard) -> ReflectionQuestion {
        let traces = wish.cases.map { id in
            let score = board.score(of: wish.parents[0], on: id) ?? 0
            return ReflectionTrace(
                caseID: id, input: inputs[id] ?? id, output: score == 1 ? "solved \(id)" : "I do not know.",
                score: score,
                feedback: score == 1 ? "That is right." : "That is wrong.")
        }
        return ReflectionQuestion(
            about: wish.genome, traces: traces, hash: UUID.v5(namespace: .hone, name: "\(seed)/\(wish.number)"))
    }
}

/// What is wanted now.
struct DriveWave: Encodable {
    struct Trial: Encodable {
        let candidate: Int
        let caseID: String
        let prompt: PromptTemplate
    }

    struct Question: Encodable {
        let number: Int
        let system: String
        let user: String
    }

    let trials: [Trial]
    let questions: [Question]

    init(_ requests: [SearchRequest], _ board: Scoreboard, _ order: DriveOrder) {
        trials = requests.compactMap { request in
            guard case .trial(let trial) = request else { return nil }
            let prompt = board.candidates[trial.candidate].genome.template
            return Trial(candidate: trial.candidate, caseID: trial.caseID, prompt: prompt)
        }
        questions = requests.compactMap { request in
            guard case .proposal(let wish) = request else { return nil }
            let question = order.question(wish, board)
            return Question(number: wish.number, system: question.system, user: question.user)
        }
    }

    enum CodingKeys: String, CodingKey { case trials, questions }
}

/// What came of it.
struct DriveAnswers: Decodable {
    struct Outcome: Decodable {
        let candidate: Int
        let caseID: String
        let score: Double
        let tokens: Double?
        let seconds: Double?
    }

    struct Answer: Decodable {
        let number: Int
        let text: String
    }

    let trials: [Outcome]
    let answers: [Answer]

    func tell(_ run: inout SearchRun, about wishes: [ProposalRequest], of order: DriveOrder) {
        let board = run.board
        for outcome in trials {
            let result = TrialResult(
                score: outcome.score, passed: outcome.score == 1, cost: outcome.tokens, seconds: outcome.seconds ?? 1)
            run.tell(SearchTrial(candidate: outcome.candidate, caseID: outcome.caseID), result)
        }
        for wish in wishes {
            let text = answers.first { $0.number == wish.number }?.text ?? ""
            let answer = ReflectionAnswer(text, to: order.question(wish, board))
            run.tell(proposal: wish.number, answer.variations.map(\.genome), maker: "reflection")
        }
    }
}

/// What was found.
struct DriveEnd: Encodable {
    let best: PromptTemplate
    let number: Int
    let rollouts: Int
    let proposals: Int
    let candidates: Int
}
