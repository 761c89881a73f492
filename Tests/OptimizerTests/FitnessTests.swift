import HoneCore
import HoneStore
import HoneTestKit
import ScriptedModel
import Testing

@testable import Optimizer

@Suite("Benchmarks that no gate could decide with", .timeLimit(.minutes(2)))
struct FitnessTests {
    @Test("a holdout that is too small ends the run with the reason before anything is paid for")
    func small() async throws {
        try await OptimizerShop.open { shop in
            let cases = (0..<27).map { number in
                BenchmarkCase(
                    id: "case-\(number)", input: .string("text number \(number)"), expected: .choice("positive"),
                    split: number < 10 ? .train : number < 20 ? .validation : .holdout)
            }
            try await shop.store.transaction {
                _ = try await $0.benchmarks.apply(Benchmark(id: "small", category: .analysis, cases: cases))
            }
            let id = try await shop.ask(more: ["benchmark": "small"])
            try await shop.workshop.running([Optimizer.self]) {
                let record = try await shop.over(id)
                #expect(record.status == "failed" && record.errorCode == "invalid_message")
                #expect(
                    record.errorMessage?.contains("its holdout has 7 cases besides 0 controls") == true, "\(record)")
            }
            #expect(shop.model.requests.isEmpty)
        }
    }
}
