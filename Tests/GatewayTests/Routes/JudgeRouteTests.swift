import Foundation
import HTTP
import HoneCore
import HoneMessages
import HoneStore
import HoneTestKit
import Testing

@testable import Gateway

@Suite("Judges and reviewers over HTTP", .timeLimit(.minutes(10)))
struct JudgeRouteTests {
    @Test("how they agree with people and known answers is told, and what is not known is null")
    func report() async throws {
        try await TestGateway.open { gateway in
            let workshop = gateway.workshop
            for (accuracy, stars, opinion) in [(1.0, 5, 0.9), (0.0, 1, 0.2), (1.0, 4, 0.3)] {
                let done = try await workshop.complete(TaskSubmitted(input: "x", category: .analysis))
                _ = try await workshop.evaluate(done, accuracy: accuracy)
                _ = try await workshop.store.feedback.insert([
                    FeedbackRecord(id: UUID(), taskID: done.taskID, rating: stars)
                ])
                _ = try await workshop.store.reviews.insert([
                    ReviewRecord(
                        taskID: done.taskID, evaluatedAgentID: .ada, evaluatorAgentID: .kai, score: opinion,
                        criteria: [:], feedback: "", model: .judge, cost: nil, durationSeconds: 1)
                ])
            }
            let body = try await gateway.get("/api/judges").value
            #expect(body["scores"] == ["total": 3, "unknown": 0, "unknown_share": 0])
            let kai = body["reviewers"]?[0]
            #expect(kai?["agent_id"] == "kai" && kai?["reviews"] == 3 && kai?["compared"] == 3)
            #expect(kai?["against_humans"]?["count"] == 3 && kai?["against_checks"]?["count"] == 3)
            #expect(kai?["against_humans"]?["kappa"]?["value"]?.double.map { abs($0 - 0.4) < 1e-9 } == true)
            #expect(kai?["against_humans"]?["kappa"]?["low"]?.double != nil)
            #expect(body["judges"] == [] && body["corrections"] == [] && body["collusion"] == [])
            let past = try await gateway.get("/api/judges?to=2020-01-01").value
            #expect(past["scores"] == ["total": 0, "unknown": 0, "unknown_share": .null])
            #expect(past["reviewers"] == [])
        }
    }

    @Test("a period that ends before it begins is refused by name")
    func badPeriod() async throws {
        try await TestGateway.open { gateway in
            let answer = try await gateway.get("/api/judges?from=2026-02-01&to=2026-01-01")
            #expect(try answer.status == 422 && answer.value["errors"]?[0]?["field"] == "from")
        }
    }
}
