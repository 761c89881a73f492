import Foundation
import HoneCore
import HoneIntelligence
import HoneStore
import Testing

@testable import Hone

@Suite("hone optimize schedule", .timeLimit(.minutes(2)))
struct ScheduleCommandTests {
    /// A database with an agent and a suite.
    private func prepared() async throws -> (HoneProgram, url: String) {
        let url = try await TestRecord.url()
        let store = try Store(url: url)
        try await store.transaction { store in
            _ = try await store.benchmarks.apply(
                Benchmark(
                    id: "reviewing", category: .general,
                    cases: [BenchmarkCase(id: "1", input: "x", expected: .choice("y"), split: .train)]))
        }
        await store.close()
        return (HoneProgram(environment: ["DATABASE_URL": url]), url)
    }

    @Test("schedules are added, listed and removed, and who did so is on record")
    func lifetime() async throws {
        let (program, url) = try await prepared()
        #expect(try await program.run("optimize", "schedule").output.contains("no schedules"))
        let added = try await program.run(
            "optimize", "schedule", "add", "kai", "--benchmark", "reviewing", "--every", "0 3 * * 1", "--auto", "light",
            "--max-cost", "2.5", "--json")
        let body = try added.json(JSONValue.self)
        #expect(body["agent_id"] == "kai" && body["recurrence"] == "0 3 * * 1" && body["auto"] == "light")
        #expect(body["budget"]?["max_cost_usd"] == 2.5 && body["last_due"] == .null)
        #expect(body["next_due"]?.string?.hasSuffix("T03:00:00.000Z") == true)
        _ = try await program.run("optimize", "schedule", "add", "kai", "--benchmark", "reviewing", "--every", "7d")
        let list = try await program.run("optimize", "schedule", "list", "--json").json(JSONValue.self)
        #expect(list["items"]?.array?.count == 2)
        #expect(try await program.run("optimize", "schedule").output.contains("0 3 * * 1"))
        let id = try #require(body["id"]?.string)
        try await Self.refuse(id, at: url)
        let refused = try await program.run("optimize", "schedule").output
        #expect(refused.contains("The agent kai is retired."))
        #expect(try await Self.alerts(at: url) == 1)
        #expect(
            try await program.run("optimize", "schedule", "remove", id, "--json").json(JSONValue.self)["id"]
                == body["id"])
        #expect(try await Self.alerts(at: url) == 0)
        let again = try await program.run("optimize", "schedule", "remove", id)
        #expect(again.status == 1 && again.complaints.contains("no schedule"))
        let store = try Store(url: url)
        let actions = try await store.audit.list(limit: 9).map(\.action)
        #expect(actions == ["schedule.remove", "schedule.create", "schedule.create"])
        await store.close()
    }

    /// As the optimizer does when the schedule cannot fire.
    private static func refuse(_ id: String, at url: String) async throws {
        let (store, now) = (try Store(url: url), Date())
        try await store.schedules.refuse(
            try #require(ScheduleID(id)), until: now, because: "The agent kai is retired.")
        _ = try await store.alerts.raise([AlertKey(.schedule, id): AlertFinding(.warning, "refused")], at: now)
        await store.close()
    }

    private static func alerts(at url: String) async throws -> Int {
        let store = try Store(url: url)
        let count = try await store.alerts.list(AlertFilter(isOpen: true, kind: .schedule), limit: 9).count
        await store.close()
        return count
    }

    @Test("wrong usage exits with 2, what is not there with 1, and each says what was expected")
    func refusals() async throws {
        let (program, _) = try await prepared()
        func add(_ agent: String, _ benchmark: String, _ every: String, _ more: String...) async throws
            -> HoneProgram.Outcome
        {
            try await program.run(
                ["optimize", "schedule", "add", agent, "--benchmark", benchmark, "--every", every] + more)
        }
        let soon = try await add("kai", "reviewing", "soon")
        #expect(soon.status == 2 && soon.complaints.contains("five fields of cron"))
        #expect(try await add("kai", "reviewing", "61 * * * *").complaints.contains("minute \"61\""))
        #expect(try await add("kai", "reviewing", "1d", "--max-cost=-1").status == 2)
        #expect(try await add("kai", "reviewing", "1d", "--algorithm", "luck").status == 2)
        let nobody = try await add("nobody", "reviewing", "1d")
        #expect(nobody.status == 1 && nobody.complaints.contains("no agent nobody"))
        let nothing = try await add("kai", "nothing", "1d")
        #expect(nothing.status == 1 && nothing.complaints.contains("benchmark: expected a benchmark"), "\(nothing)")
        #expect(try await program.run("optimize", "schedule", "list", "--json").json(JSONValue.self)["items"] == [])
    }

    @Test("observations are listed with what fails most")
    func observations() async throws {
        let (program, url) = try await prepared()
        #expect(try await program.run("optimize", "observations").output.contains("nothing was found"))
        let store = try Store(url: url)
        try await store.observations.record(
            ObservationRecord(
                id: UUID(), agentID: try #require(AgentID("kai")), role: .reviewer,
                summary: ["passed": 2, "failed": 9, "clusters": [["code": "missed_error", "count": 9]]],
                benchmarkID: nil, optimizationID: nil, observedAt: Date()))
        try await store.observations.record(
            ObservationRecord(
                id: UUID(), agentID: try #require(AgentID("maya")), role: .reviewer,
                summary: ["passed": 1, "failed": 9, "clusters": []], benchmarkID: "reviewing", optimizationID: nil,
                refusal: "the suite leaks", observedAt: Date()))
        await store.close()
        let text = try await program.run("optimize", "observations", "--agent", "kai").output
        #expect(text.contains("2 of 11") && text.contains("9 × missed_error") && text.contains("none in its category"))
        let all = try await program.run("optimize", "observations")
        #expect(all.output.contains("refused: the suite leaks"))
        let body = try await program.run("optimize", "observations", "--agent", "kai", "--json").json(JSONValue.self)
        #expect(body["items"]?[0]?["summary"]?["failed"] == 9 && body["items"]?[0]?["optimization_id"] == .null)
        #expect(body["items"]?[0]?["refusal"] == .null)
    }
}
