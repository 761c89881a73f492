import Foundation
import HoneCore
import HoneStore
import Testing

@testable import Hone

@Suite("hone prompts", .timeLimit(.minutes(5)))
struct PromptCommandTests {
    /// Runs `body` with a record in which Remus has a prompt, a child of it in production, and a grandchild.
    private func run(_ body: (HoneProgram, [PromptID]) async throws -> Void) async throws {
        let url = try await TestRecord.url()
        let store = try Store(url: url)
        let agent = try #require(AgentID("remus"))
        _ = try await store.agents.apply(Agent(id: agent))
        let first = NewPrompt(
            agentID: agent, template: PromptTemplate(system: "Judge the review.\nBe brief."), actor: "test")
        let second = NewPrompt(
            agentID: agent, template: PromptTemplate(system: "Judge the review.\nBe very brief."), parents: [first.id],
            madeBy: "add a sentence", actor: "optimizer", seed: 7)
        let third = NewPrompt(
            agentID: agent,
            template: PromptTemplate(
                system: "Judge the review.\nBe very brief.", labels: ["a": "b"],
                parameters: ModelParameters(temperature: 0.5)),
            parents: [second.id, first.id], madeBy: "merge", actor: "optimizer")
        try await store.transaction { store in
            _ = try await store.prompts.ensureProduction(first)
            for prompt in [second, third] { _ = try await store.prompts.add(prompt) }
            try await store.prompts.promote(second.id, by: "jwt:ann", because: "it won")
        }
        await store.close()
        try await body(
            HoneProgram(environment: ["DATABASE_URL": url, "REDIS_URL": "redis://127.0.0.1:1"]),
            [first.id, second.id, third.id])
    }

    @Test("prompts are listed, shown by id, agent or version, and drawn as a family")
    func looking() async throws {
        try await run { program, ids in
            let list = try await program.run("prompts", "--agent", "remus", "--json").json(JSONValue.self)
            #expect(Set(list["items"]?.array?.compactMap { $0["id"]?.string } ?? []) == Set(ids.map { "\($0)" }))
            let drafts = try await program.run("prompts", "list", "--state", "draft", "--json").json(JSONValue.self)
            #expect(drafts["items"]?.array?.map { $0["id"]?.string } == ["\(ids[2])"])
            for name in ["\(ids[1])", "remus", "remus@1.1.0"] {
                let shown = try await program.run("prompts", "show", name, "--json").json(JSONValue.self)
                #expect(
                    shown["id"]?.string == "\(ids[1])" && shown["transitions"]?[1]?["actor"] == "jwt:ann", "\(name)")
            }
            let text = try await program.run("prompts", "show", "remus").output
            #expect(text.contains("Be very brief.") && text.contains("it won") && text.contains("seed 7"))
            let tree = try await program.run("prompts", "tree", "remus").lines
            #expect(tree.count == 3 && tree[0].hasPrefix("1.0.0  archived"), "\(tree)")
            #expect(
                tree[1].hasPrefix("└─ remus 1.1.0  production") && tree[2].hasPrefix("   └─ 1.2.0  draft"), "\(tree)")
            #expect(tree[2].contains("with 1.0.0") && tree[2].contains("score –  gain –"), "\(tree)")
            let family = try await program.run("prompts", "tree", "remus", "--json").output
            #expect(try await program.run("prompts", "lineage", "remus", "--json").output == family)
            #expect(try await program.run("prompts", "lineage", "remus").lines.count == 4)
        }
    }

    @Test("a difference shows words, labels and parameters")
    func diff() async throws {
        try await run { program, ids in
            let text = try await program.run("prompts", "diff", "\(ids[2])", "\(ids[0])").output
            for line in ["--- remus 1.0.0", "-Be brief.", "+Be very brief.", "+a → b", "+temperature: 0.5"] {
                #expect(text.contains(line + "\n"), "\(text)")
            }
            let json = try await program.run("prompts", "diff", "remus", "--json").json(JSONValue.self)
            #expect(json["against"]?.string == "\(ids[0])" && json["added"] == 1 && json["removed"] == 1)
            #expect(try await program.run("prompts", "diff", "remus", "remus").output == "they say the same\n")
        }
    }

    @Test("labels are put on and taken off")
    func labels() async throws {
        try await run { program, ids in
            let labelled = try await program.run("prompts", "label", "remus", "autumn", "--reason", "why", "--json")
            #expect(try labelled.json(JSONValue.self)["labels"] == ["autumn"], "\(labelled)")
            let found = try await program.run("prompts", "list", "--label", "autumn", "--json").json(JSONValue.self)
            #expect(found["items"]?.array?.count == 1)
            let off = try await program.run("prompts", "label", "remus", "--remove", "autumn")
            #expect(off.output == "remus 1.1.0: no labels\n")
            for wrong in [["remus"], ["remus", "prod"], ["remus", "Großes"]] {
                #expect(try await program.run(["prompts", "label"] + wrong).status == 2, "\(wrong)")
            }
        }
    }

    @Test("an exported file is verified without any server, and a changed one is not")
    func bundle() async throws {
        try await run { program, ids in
            let scratch = try Scratch()
            let file = scratch.path + "/remus.json"
            let exported = try await program.run("prompts", "export", "remus", "-o", file)
            #expect(exported.status == 0, "\(exported.complaints)")
            let digest = try #require(exported.lines.last?.split(separator: " ").last.map(String.init))
            let offline = HoneProgram()
            let verified = try await offline.run("prompts", "verify", file, "--digest", digest)
            #expect(verified.status == 0 && verified.output.hasPrefix("the bundle holds"), "\(verified)")
            let report = try await offline.run("prompts", "verify", file, "--json").json(JSONValue.self)
            #expect(report["valid"] == true && report["prompt_id"]?.string == "\(ids[1])")
            #expect(report["digest"]?.string == digest && report["faults"] == [])

            let text = try String(contentsOfFile: file, encoding: .utf8)
            let forged = try scratch.file("forged.json", text.replacing("jwt:ann", with: "jwt:eve"))
            let found = try await offline.run("prompts", "verify", forged)
            #expect(found.status == 1 && found.output.contains("✗ transitions/\(ids[1])"), "\(found)")
            #expect(try await offline.run("prompts", "verify", file, "--digest", "00").status == 1)
            let stream = try await program.run("prompts", "export", "remus", "--json")
            #expect(try await offline.run("prompts", "verify", "-", input: stream.output).status == 0)
            #expect(try await offline.run("prompts", "verify", "-", input: "nothing").status == 1)
            let parts = try await program.run("prompts", "ablate", "remus", "--json").json(JSONValue.self)
            #expect(parts["measured"] == false && parts["parts"]?.array?.count == 1)
        }
    }

    @Test("what leads to no prompt is said plainly")
    func nothing() async throws {
        try await run { program, _ in
            let wrong = ["romulus", "remus@9.9.9", "\(UUID())"]
            for name in wrong {
                let outcome = try await program.run("prompts", "show", name)
                #expect(outcome.status == 1 && outcome.complaints.hasPrefix("hone: "), "\(outcome)")
            }
            #expect(try await program.run("prompts", "show", "remus@9.9.9").complaints.contains("1.1.0"))
            #expect(try await program.run("prompts", "list", "--state", "asleep").status == 2)
        }
    }

    @Test("words that took each other's place are told apart from those that stayed")
    func words() {
        let diff = WordDiff(from: "Be  brief and exact.", to: "Be  very brief and kind.")
        #expect(diff.old.map(\.text).joined() == "Be  brief and exact.")
        #expect(diff.new.map(\.text).joined() == "Be  very brief and kind.")
        #expect(diff.old.filter(\.isChanged).map(\.text) == ["exact."])
        #expect(diff.new.filter(\.isChanged).map(\.text) == ["very ", "kind."])
    }
}
