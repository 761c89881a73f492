import Foundation
import HoneAPI
import HoneCore
import HoneIntelligence
import HoneStore
import Postgres
import ScriptedModel
import Testing

@testable import Hone

@Suite("hone judges", .timeLimit(.minutes(3)))
struct JudgeCommandTests {
    private static let suite = """
        kind: Benchmark
        id: moods
        category: moods
        cases: moods.jsonl
        """
    private static let cases = (0..<12).map { number in
        let label = number.isMultiple(of: 2) ? "glad" : "sad"
        let split = number < 4 ? "holdout" : "train"
        return
            #"{"id":"m\#(number)","input":"It is \#(label) number \#(number)","expected":{"choice":"\#(label)"},"split":"\#(split)"}"#
    }

    /// A database with the suite and a model that is served at `url`.
    private func prepared(_ url: String, price: String = "") async throws -> HoneProgram {
        let scratch = try Scratch()
        _ = try scratch.file("moods.jsonl", Self.cases.joined(separator: "\n"))
        let model = "kind: Model\nid: j\nprovider: openai\nbase_url: \(url)\nmodel: j\n\(price)---\n"
        let file = try scratch.file("all.yaml", model + Self.suite)
        let program = HoneProgram(environment: ["DATABASE_URL": try await TestRecord.url()])
        let applied = try await program.run("apply", "-f", file)
        #expect(applied.status == 0, "\(applied.complaints)")
        return program
    }

    /// Gives the work a 5 when it says what the task says.
    private static func sharp(_ request: ScriptedRequest) -> ScriptedReply? {
        let isGlad = request.lastUserText.contains("It is glad")
        let saysGlad = request.lastUserText.contains("\nglad\n")
        let mark = isGlad == saysGlad ? 5 : 1
        return .text("{\"accuracy\": \(mark), \"relevance\": 3, \"completeness\": 3}")
    }

    @Test("measure tells a judge that knows from one that does not, and sees no sealed case")
    func measure() async throws {
        let judge = try await ScriptedModel.start { Self.sharp($0) }
        let program = try await prepared(judge.baseURL)
        let arguments = ["judges", "measure", "--form", "forced", "--cases", "6", "--json"]
        let sharp = try await program.run(arguments).json(JSONValue.self)
        #expect(sharp["model"] == "j" && sharp["suites"]?["moods"] == sharp["together"])
        let mark = sharp["suites"]?["moods"]
        #expect(mark?["works"] == 12 && mark?["unknown"] == 0 && mark?["prefers_right"]?.double == 1)
        #expect(mark?["agreement"]?["kappa"]?["value"]?.double == 1)
        for sealed in 0..<4 {
            #expect(!judge.requests.contains { $0.lastUserText.contains("number \(sealed)\n") })
        }
        await judge.stop()
        let blunt = try await ScriptedModel.start(.always(.text("hm")))
        let other = try await prepared(blunt.baseURL).run(arguments).json(JSONValue.self)
        #expect(other["together"]?["unknown"] == 12 && other["together"]?["prefers_right"] == .null)
        await blunt.stop()
    }

    private static let price = "cost_per_1k_input: 0.01\ncost_per_1k_output: 0.02\n"

    @Test("what measuring costs is set aside and counted as all calls are, and a cap ends it")
    func budget() async throws {
        let judge = try await ScriptedModel.start { Self.sharp($0) }
        let program = try await prepared(judge.baseURL, price: Self.price)
        #expect(try await program.run("budget", "set", "5").status == 0)
        let arguments = ["judges", "measure", "--form", "forced", "--cases", "3"]
        let measured = try await program.run(arguments)
        #expect(measured.status == 0, "\(measured)")
        let url = try #require(program.environment["DATABASE_URL"])
        let pool = try PostgresPool(url: url)
        let calls = try await pool.query(
            "select purpose || ' ' || status from model_calls where cost_micro_usd > 0", as: String.self)
        let (spent, reserved) = (
            try await pool.first("select spent_micro_usd from budgets", as: Int.self),
            try await pool.first("select reserved_micro_usd from budgets", as: Int.self)
        )
        let costs = try await pool.first("select sum(cost_micro_usd)::bigint from model_calls", as: Int.self)
        await pool.close()
        #expect(calls == Array(repeating: "judge settled", count: 6) && judge.requests.count == 6)
        #expect(reserved == 0 && spent == costs)
        #expect(try await program.run("budget", "set", "0.0001").status == 0)
        let refused = try await program.run(arguments)
        #expect(refused.status == 1 && refused.complaints.contains("$0.000100"), "\(refused)")
        #expect(judge.requests.count == 6)
        await judge.stop()
    }

    @Test("what cannot be measured is said, not guessed")
    func refusals() async throws {
        let program = HoneProgram(environment: ["DATABASE_URL": try await TestRecord.url()])
        let none = try await program.run("judges", "measure")
        #expect(none.status == 1 && none.complaints.contains("no suite"))
        #expect(try await program.run("judges", "measure", "--suite", "x").complaints.contains("no benchmark x"))
        #expect(try await program.run("judges", "measure", "--cases", "0").status == 2)
        #expect(try await program.run("judges", "simulate", "--rated", "5").status == 2)
    }

    @Test("simulate shows coverage for each bias, the same for the same seed")
    func simulate() async throws {
        let program = HoneProgram()
        let arguments = ["judges", "simulate", "--runs", "200", "--judged", "60", "--rated", "30", "--json"]
        let first = try await program.run(arguments)
        #expect(try await program.run(arguments).output == first.output)
        let biases = try first.json(JSONValue.self)["biases"]?.array ?? []
        #expect(biases.compactMap { $0["bias"]?.double } == [-0.15, -0.1, -0.05, 0, 0.05, 0.1, 0.15])
        #expect(biases.allSatisfy { (0.88...1).contains($0["coverage"]?.double ?? 0) })
    }

    @Test("show answers as the route does, and as tables")
    func show() async throws {
        let url = try await TestRecord.url()
        let program = HoneProgram(environment: ["DATABASE_URL": url])
        let body = try await program.run("judges", "--json").json(JSONValue.self)
        #expect(body["scores"] == ["total": 0, "unknown": 0, "unknown_share": .null])
        #expect(body["judges"] == [] && body["self_preference"] == [])
        let text = try await program.run("judges")
        #expect(text.status == 0 && text.output.contains("0 scores since"))
        #expect(try await program.run("judges", "--days", "0").status == 2)
    }
}
