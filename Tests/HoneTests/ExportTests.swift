import Foundation
import HoneCore
import HoneStore
import Testing

@testable import Hone

@Suite("hone export", .timeLimit(.minutes(2)))
struct ExportTests {
    private static let formula = "=HYPERLINK(\"http://evil\"), \"yes\"\nand more"

    private func withProgram(_ body: (HoneProgram, TaskID) async throws -> Void) async throws {
        let url = try await TestRecord.url()
        let store = try Store(url: url)
        let task = try await store.scoredTask(by: .of("ada"), feedback: Self.formula)
        await store.close()
        try await body(HoneProgram(environment: ["DATABASE_URL": url]), task)
    }

    @Test("CSV is as RFC 4180 has it, and no cell is a formula")
    func csv() async throws {
        try await withProgram { program, task in
            let outcome = try await program.run("export", "--kind", "scores")
            #expect(outcome.status == 0)
            #expect(outcome.output.hasPrefix("task_id,agent_id,attempt,") && outcome.output.hasSuffix("\r\n"))
            #expect(outcome.output.contains("\(task),ada,1,"))
            #expect(outcome.output.contains(",\"'=HYPERLINK(\"\"http://evil\"\"), \"\"yes\"\"\nand more\","))
            #expect(outcome.output.contains(",0.0015,"), "money in dollars")
        }
    }

    @Test("JSON lines have every text as it is, and lists as lists")
    func json() async throws {
        try await withProgram { program, task in
            let score = try await program.run("export", "--kind", "scores", "--json").json(JSONValue.self)
            #expect(score["feedback"]?.string == Self.formula && score["passed"] == true)
            #expect(score["cost_usd"]?.double == 0.0015 && score["task_id"]?.string == "\(task)")
            let decision = try await program.run("export", "--kind", "routing", "--format", "json").json(JSONValue.self)
            #expect(decision["candidates"] == ["ada"] && decision["propensities"] == [1])
            let attempt = try await program.run("export", "--kind", "executions", "--json").json(JSONValue.self)
            #expect(attempt["status"] == "completed" && attempt["output_tokens"] == 2)
        }
    }

    @Test("only what lies between the two times is written, days taken in as a whole")
    func period() async throws {
        try await withProgram { program, _ in
            let today = String(WireFormat.text(of: Date()).prefix(10))
            for (options, count) in [
                (["--from", today, "--to", today], 1), (["--to", "2020-01-01"], 0), (["--from", "2999-01-01"], 0),
            ] {
                let outcome = try await program.run(["export", "--kind", "executions", "--json"] + options)
                #expect(outcome.lines.count == count, "\(options)")
            }
        }
    }

    @Test("a file is there when it is whole; without rows it has its header")
    func file() async throws {
        try await withProgram { program, _ in
            let scratch = try Scratch()
            let file = scratch.path + "/rewards.csv"
            #expect(try await program.run("export", "--kind", "rewards", "-o", file).status == 0)
            #expect(try String(contentsOfFile: file, encoding: .utf8).hasPrefix("task_id,agent_id,reward,"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == ["rewards.csv"])
        }
    }

    @Test("wrong usage exits with 2")
    func usage() async throws {
        let program = HoneProgram(environment: ["DATABASE_URL": "postgres://nowhere"])
        for options in [
            [], ["--kind", "secrets"], ["--kind", "scores", "--from", "soon"], ["--kind", "scores", "--format", "xls"],
        ] {
            #expect(try await program.run(["export"] + options).status == 2, "\(options)")
        }
    }
}
