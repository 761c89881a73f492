import Foundation
import HTTP
import HoneCore
import HoneMessages
import HoneTestKit
import Testing

@testable import Gateway

@Suite("Evaluating policies over HTTP", .timeLimit(.minutes(10)))
struct RoutingRouteTests {
    @Test("a log that cannot tell of a policy is a conflict with the reason, and a bad question names its field")
    func refusals() async throws {
        try await TestGateway.open { gateway in
            for _ in 0..<3 {
                let done = try await gateway.workshop.complete(TaskSubmitted(input: "x", category: .analysis))
                _ = try await gateway.workshop.evaluate(done, accuracy: 1)
            }
            let refused = try await gateway.get("/api/routing/evaluation?policy=greedy")
            #expect(try refused.status == 409 && refused.value["code"] == "no_support")
            for bad in ["", "policy=luck", "policy=greedy&from=soon"] {
                let answer = try await gateway.get("/api/routing/evaluation?\(bad)")
                let field = bad.contains("from") ? "from" : "policy"
                #expect(try answer.status == 422 && answer.value["errors"]?[0]?["field"] == .string(field))
            }
        }
    }

    @Test("the summary tells the policy and how many decisions found their outcome")
    func summary() async throws {
        try await TestGateway.open { gateway in
            let done = try await gateway.workshop.complete(TaskSubmitted(input: "x", category: .analysis))
            _ = try await gateway.workshop.assign(TaskSubmitted(input: "y", category: .analysis))
            let half = try await gateway.get("/api/routing").value
            #expect(half["decisions"] == 2 && half["finished"] == 1 && half["join_coverage"] == 0)
            _ = try await gateway.workshop.evaluate(done, accuracy: 1)
            let whole = try await gateway.get("/api/routing").value
            #expect(whole["join_coverage"]?.double == 1 && whole["policy"] == "greedy")
        }
    }

    @Test("the preview says what a task without a category is taken for")
    func kinds() async throws {
        try await TestGateway.open { gateway in
            let given = try await gateway.post("/api/routing/preview", ["category": "analysis"] as JSONValue).value
            #expect(given["category"] == "analysis" && given["category_confidence"] == .null)
            let open = try await gateway.post("/api/routing/preview", ["input": "x"] as JSONValue).value
            #expect(open["category"] == .null && open["category_confidence"]?.double == 0 && open["complexity"] == 1)
        }
    }
}
