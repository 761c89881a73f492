import Foundation
import HoneCore
import Testing

@testable import HoneEvolution

@Suite("Observation")
struct ObservationTests {
    private static let analysis = HoneCore.Category("analysis") ?? .general

    private static func run(
        _ outcome: ObservedRun.Outcome, cost: Double? = 0.01, category: HoneCore.Category = analysis
    ) -> ObservedRun {
        ObservedRun(task: .new(), category: category, outcome: outcome, cost: cost.map { MicroUSD(dollars: $0) })
    }

    private static func failed(_ words: String, code: String = "wrong_answer", node: String? = nil) -> ObservedRun {
        run(.failed(RunFailure(code: code, node: node, words: words)))
    }

    private static func runs(passed: Int, failed: Int, unknown: Int = 0, cost: Double? = 0.01) -> [ObservedRun] {
        (0..<passed).map { _ in run(.passed, cost: cost) }
            + (0..<failed).map { _ in run(.failed(RunFailure(code: "wrong_answer", words: "no")), cost: cost) }
            + (0..<unknown).map { _ in run(.unknown, cost: cost) }
    }

    @Test(
        "a success rate calls for it only when its upper bound is below the line, from ten runs on",
        arguments: [
            (1, 9, 0, true), (2, 8, 0, false), (0, 9, 0, false), (0, 9, 50, false), (41, 59, 0, false),
            (40, 60, 0, true), (50, 50, 0, false),
        ])
    func successRate(passed: Int, failed: Int, unknown: Int, isFound: Bool) {
        let finding = ObservationRules().finding(in: Self.runs(passed: passed, failed: failed, unknown: unknown))
        #expect((finding?.reasons == [.successRate]) == isFound && (finding == nil) == !isFound)
    }

    /// R: binom::binom.confint(x, n, methods = "wilson").
    @Test("the interval is Wilson's")
    func wilson() {
        let rate = SuccessRate(passed: 8, of: 20)
        #expect(abs(rate.low - 0.218_806_2) < 1e-6 && abs(rate.high - 0.613_418_1) < 1e-6)
        #expect(SuccessRate(passed: 0, of: 0).high == 1 && SuccessRate(passed: 0, of: 0).value == nil)
        #expect(SuccessRate(passed: 5, of: 5).high == 1 && SuccessRate(passed: 0, of: 5).low == 0)
    }

    @Test("a mean cost above the line calls for it too; what has no price does not count")
    func cost() {
        let rules = ObservationRules()
        #expect(rules.finding(in: Self.runs(passed: 10, failed: 0, cost: 0.11))?.reasons == [.cost])
        #expect(rules.finding(in: Self.runs(passed: 10, failed: 0, cost: 0.10)) == nil)
        #expect(rules.finding(in: Self.runs(passed: 9, failed: 0, cost: 5)) == nil)
        #expect(rules.finding(in: Self.runs(passed: 10, failed: 0, cost: nil)) == nil)
        #expect(rules.finding(in: Self.runs(passed: 0, failed: 12, cost: 1))?.reasons == [.successRate, .cost])
    }

    @Test("the neediest category comes first: where it fails, or where all is dear, where most is done")
    func categories() {
        let other = HoneCore.Category("other") ?? .general
        let failing = (0..<12).map {
            Self.run(.failed(RunFailure(code: "x", words: "")), category: $0 < 9 ? other : Self.analysis)
        }
        let found = ObservationRules().finding(in: failing + [Self.run(.passed)])
        #expect(found?.categories == [other, Self.analysis])
        let dear = (0..<12).map { Self.run(.passed, cost: 1, category: $0 < 4 ? other : Self.analysis) }
        #expect(ObservationRules().finding(in: dear)?.categories == [Self.analysis, other])
    }

    @Test("failures of one code, one step and much the same words are one kind, whatever numbers they carry")
    func clusters() {
        let runs = [
            Self.failed("expected a label of sentiment, found an essay of 212 words"),
            Self.failed("expected a label of sentiment, found an essay of 97 words"),
            Self.failed("Expected a label of sentiment: found an essay of 3 words!"),
            Self.failed("the answer was empty"),
            Self.failed("the answer was empty", node: "model"),
            Self.failed("the answer was empty", code: "model_error"),
            Self.run(.passed), Self.run(.unknown),
        ]
        let clusters = FailureCluster.all(in: runs)
        #expect(clusters.map(\.count) == [3, 1, 1, 1])
        #expect(clusters.map(\.code) == ["wrong_answer", "model_error", "wrong_answer", "wrong_answer"])
        #expect(clusters.map(\.node) == [nil, nil, nil, "model"])
        #expect(clusters[0].example.contains("essay") && clusters[0].tasks == runs.prefix(3).map(\.task))
    }

    @Test("kinds do not depend on the order of the runs")
    func permutation() {
        var generator = SeededGenerator(seed: UInt64(7))
        let words = ["the", "answer", "label", "was", "not", "found", "empty", "too", "long", "wrong"]
        for _ in 0..<20 {
            let runs = (0..<40).map { _ in
                Self.failed((0..<6).map { _ in words.randomElement(using: &generator) ?? "" }.joined(separator: " "))
            }
            func shape(_ runs: [ObservedRun]) -> [String] {
                FailureCluster.all(in: runs).map { "\($0.count) \($0.code) \($0.example)" }
            }
            #expect(shape(runs) == shape(runs.shuffled(using: &generator)))
        }
    }

    @Test("failures without words are one kind")
    func wordless() {
        #expect(FailureCluster.all(in: [Self.failed(""), Self.failed("")]).map(\.count) == [2])
        #expect(FailureCluster.all(in: []).isEmpty)
    }

    @Test("a critic is measured by the errors it catches, those it misses, and those it makes up")
    func critics() {
        #expect(ReviewOutcome.of(score: 0.2, truth: 0, words: "") == .passed)
        #expect(
            ReviewOutcome.of(score: 0.9, truth: 0, words: "fine")
                == .failed(RunFailure(code: "missed_error", words: "fine")))
        #expect(
            ReviewOutcome.of(score: 0.1, truth: 1, words: "bad")
                == .failed(RunFailure(code: "false_alarm", words: "bad")))
        #expect(ReviewOutcome.of(score: 0.9, truth: 1, words: "") == nil)
        // One that finds everything bad is no better than one that finds everything good, where most work is good.
        let truths = (0..<40).map { $0 < 8 ? 0.0 : 1.0 }
        func finding(_ score: Double) -> ObservationFinding? {
            let outcomes = truths.compactMap { ReviewOutcome.of(score: score, truth: $0, words: "") }
            return ObservationRules(leastRuns: 8).finding(in: outcomes.map { Self.run($0) })
        }
        #expect(finding(0)?.success.value == 0.2 && finding(1)?.success.value == 0)
    }

    @Test("the summary says what is wrong, in bounds")
    func summary() throws {
        let long = String(repeating: "very ", count: 500)
        let runs = (0..<15).map {
            Self.failed("\(Character(UnicodeScalar(97 + UInt8($0)))) \(long)", code: "code\($0)")
        }
        let finding = try #require(ObservationRules().finding(in: runs))
        let summary = ObservationSummary(finding)
        #expect(summary.failed == 15 && summary.passed == 0 && summary.clusters.count == 10)
        #expect(summary.clusters.allSatisfy { $0.example.count == 300 && $0.taskIDs.count == 1 })
        let json = String(decoding: try WireFormat.encode(summary), as: UTF8.self)
        for name in [
            "\"success_rate\":0", "\"success_high\":", "\"mean_cost_usd\":0.01", "\"task_ids\":",
            "\"reasons\":[\"success_rate\"]",
        ] {
            #expect(json.contains(name), "\(name) in \(json)")
        }
    }
}
