import Foundation
import HoneCore
import HoneStore
import TestServers
import Testing

@testable import Hone

@Suite("hone benchmarks", .timeLimit(.minutes(2)))
struct BenchmarkCommandTests {
    private static let cases = [
        #"{"id":"1","input":"fine","expected":{"choice":"good"},"split":"train"}"#, "",
        #"{"id":"2","input":"dire","expected":{"choice":"bad"},"split":"holdout","control":true}"#,
        #"{"id":"3","input":"so so"}"#,
    ]

    private let scratch: Scratch
    private let program: HoneProgram
    private let url: String

    init() async throws {
        scratch = try Scratch()
        url = try await TestRecord.url()
        program = HoneProgram(environment: ["DATABASE_URL": url])
    }

    private func imported(_ lines: [String], _ arguments: String..., as name: String = "moods.jsonl") async throws
        -> HoneProgram.Outcome
    {
        let file = try scratch.file(name, lines.joined(separator: "\n"))
        return try await program.run(["benchmarks", "import", file, "--category", "mood"] + arguments)
    }

    @Test("import makes a suite equal to a file of JSON lines, answers as the route does, and says who did so")
    func imports() async throws {
        let created = try await imported(Self.cases, "--description", "How they feel.", "--json")
        let body = try created.json(JSONValue.self)
        #expect(body["id"] == "moods" && body["category"] == "mood" && body["cases"] == 3, "\(created)")
        #expect(body["description"] == "How they feel." && body["warnings"]?.array?.isEmpty == false)
        let again = try await imported(Array(Self.cases.dropLast()), "--id", "moods")
        #expect(again.lines.first == "benchmark moods updated (2 cases)", "\(again)")
        let stored = try await program.run("get", "benchmark", "moods", "--json").json(JSONValue.self)
        #expect(stored["cases"]?.array?.count == 2 && stored["cases"]?[1]?["control"] == true)
        let store = try Store(url: url)
        let told = try await store.audit.list(limit: 9)
        await store.close()
        #expect(told.map(\.action) == ["benchmark.update", "benchmark.create"])
        #expect(told.allSatisfy { $0.actor.hasPrefix("cli:") && $0.subjectID == "moods" })
    }

    @Test("standard input is read too, and needs an id")
    func piped() async throws {
        let words = ["benchmarks", "import", "-", "--category", "mood"]
        #expect(try await program.run(words).status == 2)
        let input = Self.cases.joined(separator: "\n")
        let outcome = try await program.run(words + ["--id", "piped"], input: input)
        #expect(outcome.lines.first == "benchmark piped created (3 cases)", "\(outcome)")
    }

    @Test("what does not fit is named by file, line and field, and nothing of it is kept")
    func refusals() async throws {
        let bad = try await imported(Self.cases + [#"{"id":"1","input":"x"}"#, #"{"id":7}"#])
        #expect(bad.status == 1 && bad.complaints.contains("moods.jsonl:5: id: "), "\(bad)")
        #expect(bad.complaints.contains("moods.jsonl:6: id: "))
        let leak = #"{"id":"9","input":"Fine!","expected":{"choice":"good"},"split":"holdout"}"#
        let leaking = try await imported(Self.cases + [leak])
        #expect(leaking.status == 1 && leaking.complaints.contains("cases[3].input"), "\(leaking)")
        #expect(try await imported(Self.cases, as: "--.jsonl").status == 2)
        let missing = try await program.run("benchmarks", "import", "/nowhere.jsonl", "--category", "mood")
        #expect(missing.status == 1 && missing.complaints == "hone: /nowhere.jsonl cannot be read\n")
        #expect(try await program.run("get", "benchmark", "--json").json(JSONValue.self) == [])
    }
}

@Suite("hone bench", .timeLimit(.minutes(1)))
struct BenchCommandTests {
    @Test("bench becomes the program beside it, with every argument as it was given")
    func passesOn() async throws {
        let scratch = try Scratch()
        let program = "\(scratch.path)/hone"
        // Copied by a process of its own: a file that this one has open for writing, or a child it is just making, cannot run.
        #expect(try await runProgram(["cp", HoneProgram.path(), program]).status == 0)
        let output = "\(scratch.path)/said"
        func run() async throws -> Int32 {
            try await DetachedProcess(
                command: [program, "bench", "route", "--agents", "9"], environment: ["PATH": "/usr/bin:/bin"],
                folder: scratch.path, log: output
            ).startAndWait()
        }
        #expect(try await run() == 1)
        #expect(try String(contentsOfFile: output, encoding: .utf8).contains("hone-bench cannot be run"))
        try scratch.file("hone-bench", "#!/bin/sh\necho \"took $*\"\nexit 7\n", isProgram: true)
        #expect(try await run() == 7)
        #expect(try String(contentsOfFile: output, encoding: .utf8).hasSuffix("took route --agents 9\n"))
    }
}
