import Foundation
import HTTP
import HoneCore
import HoneStore
import HoneTestKit
import Testing

@testable import Gateway

@Suite("Budgets over HTTP", .timeLimit(.minutes(10)))
struct BudgetRouteTests {
    private let path = "/api/system/budgets"

    @Test("caps are set, told with what is used of them, and taken away; who did is on record")
    func caps() async throws {
        try await TestGateway.open(settings: ["HONE_DAILY_BUDGET_USD": "20"]) { gateway in
            let store = gateway.workshop.store
            let empty = try await gateway.get(path).value
            #expect(empty["items"]?.array?.count == 1 && empty["items"]?[0]?["cap_usd"] == 20)
            #expect(empty["spent_today_usd"] == 0 && empty["unpriced_models"] == ["judge"])
            _ = try await gateway.send("PUT", path, body: ["daily_usd": 25] as JSONValue)
            _ = try await gateway.send("PUT", path, body: ["agent_id": "ada", "daily_usd": 2.5] as JSONValue)
            let day = try #require(try await gateway.get(path).value["day"]?.string)
            let ada = SpendingCap(.agent(.ada, on: day), limit: MicroUSD(dollars: 2.5))
            let call = UUID()
            _ = try await store.reserve([
                Reservation(
                    id: call, caps: [ada], amount: MicroUSD(900_000), least: .zero, purpose: .task, model: .alpha),
                Reservation(
                    id: UUID(), caps: [ada], amount: MicroUSD(500_000), least: .zero, purpose: .task, model: .alpha),
                Reservation(
                    id: UUID(), caps: [ada], amount: MicroUSD(5_000_000), least: .zero, purpose: .task, model: .alpha),
            ])
            try await store.budgets.settle([CallSettlement(id: call, cost: MicroUSD(600_000))])
            let told = try await gateway.get(path).value
            // Of the operator's cap and the one set here the lower holds.
            #expect(told["items"]?[0]?["cap_usd"] == 20 && told["items"]?[0]?["agent_id"] == .null)
            let expected: JSONValue = [
                "scope": "agent", "agent_id": "ada", "cap_usd": 2.5, "reserved_usd": 0.5, "spent_usd": 0.6,
                "left_usd": 1.4, "refused": 1,
            ]
            #expect(told["items"]?[1] == expected)
            let none = try await gateway.send(
                "PUT", path, body: ["agent_id": "ada", "daily_usd": .null] as JSONValue)
            #expect(try none.status == 200 && none.value["items"]?.array?.count == 1)
            let entries = try await store.audit.list(subjectKind: "budget", subjectID: "ada", limit: 5)
            #expect(entries.map(\.action) == ["budget.set", "budget.set"])
        }
    }

    @Test(
        "a change that does not fit names the field",
        arguments: [
            (["agent_id": "ada"], "daily_usd"), (["daily_usd": -1], "daily_usd"), (["daily_usd": "much"], "daily_usd"),
            (["daily_usd": 1, "agent_id": "nobody"], "agent_id"), (["daily_usd": 1, "agent": "ada"], "agent"),
        ] as [(JSONValue, String)])
    func faults(_ body: JSONValue, _ field: String) async throws {
        try await TestGateway.open { gateway in
            let answer = try await gateway.send("PUT", path, body: body)
            #expect(try answer.status == 422 && answer.fault == field)
            #expect(try await gateway.workshop.store.budgets.dailyCaps().isEmpty)
        }
    }
}
