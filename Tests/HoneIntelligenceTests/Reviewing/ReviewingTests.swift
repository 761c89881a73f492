import Foundation
import HoneCore
import HoneIntelligence
import Testing

@Suite("peer review")
struct ReviewingTests {
    @Test("Kai and Maya look at their own criteria")
    func reviewers() throws {
        #expect(Rubric.kai.criteria.map(\.name) == ["accuracy", "depth", "clarity"])
        #expect(Rubric.maya.criteria.map(\.name) == ["relevance", "completeness", "usefulness"])
        #expect(Rubric.reviewer(try agentID("maya")) == .maya)
        #expect(Rubric.reviewer(try agentID("kai")) == .kai)
    }

    @Test("a review's score is the mean of the criteria that the reviewer could judge")
    func score() throws {
        let prompt = AssessmentPrompt(.kai, task: "t", work: "w", hash: uuid(1))
        let answer = """
            {"accuracy": {"reason": "right", "score": 1}, "depth": {"reason": "thin", "score": 0.5},
             "clarity": {"reason": "?", "score": null}}
            """
        let review = try ReviewVerdict(answer, to: prompt)
        #expect(review.score == 0.75)
        #expect(review.criteria == ["accuracy": 1, "depth": 0.5])
        #expect(review.feedback.contains("depth: thin"))
    }

    @Test("a review that says nothing is unknown, one that cannot be read is refused")
    func unknown() throws {
        let prompt = AssessmentPrompt(.kai, task: "t", work: "w", hash: uuid(1))
        let silence = #"{"reason": "", "score": null}"#
        let review = try ReviewVerdict(
            "{\"accuracy\": \(silence), \"depth\": \(silence), \"clarity\": \(silence)}", to: prompt)
        #expect(review.score == nil)
        #expect(throws: InvalidValue.self) { try ReviewVerdict("lovely work", to: prompt) }
        let forced = AssessmentPrompt(.maya, task: "t", work: "w", hash: uuid(1), form: .forced)
        #expect(try ReviewVerdict(#"{"relevance":5,"completeness":3,"usefulness":1}"#, to: forced).score == 0.5)
    }

    @Test("sampling reviews the asked share, and weights make up for the rest")
    func sampling() {
        var generator = SeededGenerator(seed: UInt64(5))
        let sampling = ReviewSampling(rate: 0.2)
        var reviewed = 0
        var weight = 0.0
        for number in 0..<5_000 {
            let task = TaskID(.v7(at: Date(timeIntervalSince1970: Double(number)), using: &generator))
            let decision = sampling.decide(task)
            #expect(decision == sampling.decide(task))
            if case .review(let inverse) = decision {
                reviewed += 1
                weight += inverse
            }
        }
        #expect((850...1_150).contains(reviewed))
        #expect(abs(weight - 5_000) < 750)
    }

    @Test("a higher rate reviews the same tasks and more")
    func nested() {
        var generator = SeededGenerator(seed: UInt64(6))
        for _ in 0..<500 {
            let task = TaskID(.v7(at: .distantPast, using: &generator))
            if ReviewSampling(rate: 0.3).decide(task).isReviewed {
                #expect(ReviewSampling(rate: 0.6).decide(task).isReviewed)
            }
        }
    }

    @Test("probation, a failed check and a dispute are always reviewed, with weight one")
    func always() {
        let task = TaskID(UUID())
        let never = ReviewSampling(rate: 0)
        #expect(never.decide(task) == .skip)
        #expect(never.decide(task, isOnProbation: true) == .review(weight: 1))
        #expect(never.decide(task, failedCheck: true) == .review(weight: 1))
        #expect(never.decide(task, isDisputed: true) == .review(weight: 1))
        #expect(ReviewSampling(rate: 1).decide(task) == .review(weight: 1))
    }

    @Test("the truth is the check, else the human, else the judge")
    func truth() {
        let check = CheckResult(exact: false, detail: "")
        #expect(ReviewTruth.best(check: check, rating: 5, judge: 1) == 0)
        #expect(ReviewTruth.best(check: nil, rating: 4, judge: 0) == 0.75)
        #expect(ReviewTruth.best(check: nil, rating: nil, judge: 0.6) == 0.6)
        #expect(ReviewTruth.best(check: nil, rating: nil, judge: nil) == nil)
    }

    @Test("reliability starts at 0.7 and moves with evidence")
    func reliability() {
        #expect(isClose(ReviewerReliability().value, 0.7))
        let perfect = ReviewerReliability(count: 90)
        #expect(isClose(perfect.value, 0.97))
        let hopeless = ReviewerReliability(count: 10, deviation: Millionths(10.0))
        #expect(isClose(hopeless.value, 0.35))
        let one = ReviewerReliability(score: 0.9, truth: 0.4)
        #expect(perfect + one - one == perfect)
        #expect(isClose(one.value, (0.5 + 7) / 11))
    }

    @Test("reviews weigh as much as their reviewers can be trusted")
    func peers() {
        #expect(isClose(peerMean([(1, 0.9), (0, 0.1)]), 0.9))
        #expect(isClose(peerMean([(1, 0), (0, 0)]), 0.5))
        #expect(peerMean([]) == nil)
    }
}
