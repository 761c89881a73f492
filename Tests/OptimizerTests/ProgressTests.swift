import HoneBus
import HoneCore
import HoneMessages
import HoneStore
import HoneTestKit
import Testing

@testable import Optimizer

@Suite("What watchers see of a search", .timeLimit(.minutes(2)))
struct ProgressTests {
    @Test("in the middle of a search its watchers see a best and a front, by estimate")
    func front() async throws {
        try await OptimizerShop.open(slowness: 10) { shop in
            let id = try await shop.ask()
            try await shop.workshop.running(OptimizerShop.others) { try await shop.findBetter(id) }
            let progress = try #require(try await shop.record(id).progress)
            let front = progress["front"]?.array ?? []
            let best = front.first { $0["prompt_id"] == progress["best_prompt_id"] }
            #expect(best?["score"] == progress["best_score"] && best?["validated"]?.bool != nil, "\(progress)")
            #expect(front.allSatisfy { ($0["cases"]?.int ?? 0) > 0 && $0["seconds"]?.double != nil }, "\(front)")
            let told = try await shop.workshop.posted(ProgressMade.self).map(\.body)
            #expect(told.contains { $0.data?["front"]?.array?.isEmpty == false })
        }
    }
}
