import Foundation
import HoneCore
import Testing

@testable import Hone

@Suite("hone routing", .timeLimit(.minutes(3)))
struct RoutingCommandTests {
    @Test("the simulation compares the six policies, the same for the same seed, without any server")
    func simulate() async throws {
        let arguments = ["routing", "simulate", "--tasks", "1000", "--seed", "5", "--json"]
        let first = try await HoneProgram().run(arguments)
        #expect(first.status == 0, "\(first.complaints)")
        let policies = try first.json(JSONValue.self)["policies"]?.array ?? []
        #expect(
            policies.map { $0["policy"]?.string }
                == ["thompson", "greedy", "ucb", "round_robin", "epsilon_greedy", "argmax"])
        #expect(policies.allSatisfy { ($0["cumulative_regret"]?.double ?? -1) > 0 })
        #expect(policies.allSatisfy { (0...1).contains($0["pass_rate"]?.double ?? -1) })
        #expect(try await HoneProgram().run(arguments).output == first.output)
        let table = try await HoneProgram().run("routing", "simulate", "--tasks", "1000")
        #expect(table.lines.count == 8 && table.output.contains("epsilon_greedy"))
    }

    @Test("an empty record has no coverage, no decisions, nobody to route to and nothing to evaluate")
    func empty() async throws {
        let environment = ["DATABASE_URL": try await TestRecord.url(), "REDIS_URL": "redis://127.0.0.1:1"]
        let program = HoneProgram(environment: environment)
        let status = try await program.run("routing", "--json")
        #expect(status.status == 0, "\(status.complaints)")
        let figures = try status.json(JSONValue.self)
        #expect(figures["join_coverage"] == .null && figures["decisions"] == 0 && figures["policy"] == "thompson")
        let decisions = try await program.run("routing", "decisions", "--json")
        #expect(decisions.output == "{\"items\":[],\"next_cursor\":null}\n", "\(decisions)")
        let preview = try await program.run("routing", "preview", "Is it good?", "--category", "analysis", "--json")
        #expect(try preview.json(JSONValue.self)["error_code"] == "no_capable_agent", "\(preview)")
        let evaluation = try await program.run("routing", "evaluate", "--policy", "greedy", "--json")
        #expect(evaluation.status == 1 && evaluation.output.isEmpty)
        #expect(evaluation.complaints.contains("too few"), "\(evaluation)")
    }

    @Test("wrong usage exits with 2")
    func usage() async throws {
        for arguments in [
            ["evaluate"], ["evaluate", "--policy", "luck"], ["simulate", "--tasks", "1"], ["simulate", "--seed", "-1"],
            ["decisions", "--policy", "luck"], ["preview", "--complexity", "9"],
            ["evaluate", "--policy", "ucb", "--from", "soon"],
        ] {
            let outcome = try await HoneProgram().run(["routing"] + arguments)
            #expect(outcome.status == 2, "\(arguments): \(outcome)")
        }
    }
}
