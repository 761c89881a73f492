import HoneAPI
import HoneCore
import Testing

@testable import Hone

@Suite("Reading resource files")
struct ResourceFileTests {
    private func faults(_ text: String, besides: [String: String] = [:]) throws -> [String] {
        let scratch = try Scratch()
        for (name, text) in besides { try scratch.file(name, text) }
        let file = try scratch.file("f.yaml", text)
        let error = #expect(throws: ResourceFaults.self) { try ResourceReader.read([file]) }
        return (error?.list ?? []).map { "\($0)".replacing(scratch.path + "/", with: "") }
    }

    @Test("every bad document is named with file, line and field, all in one go")
    func allFaults() throws {
        let found = try faults(
            """
            kind: Model
            id: fine
            provider: echo
            ---
            kind: Agent
            id: a
            capacity: zero
            ---
            kind: Agent
            id: b
            prompt:
              demonstrations:
                - user: hello
            ---
            kind: Model
            id: c
            provider: gpt
            ---
            kind: Modell
            id: d
            """)
        #expect(
            found == [
                "f.yaml:7: capacity: expected an integer, found \"zero\"",
                "f.yaml:13: prompt.demonstrations[0].assistant: expected a value (required), found nothing",
                "f.yaml:17: provider: expected one of openai, anthropic, echo, found \"gpt\"",
                "f.yaml:19: kind: expected one of Model, Agent, ObjectiveTemplate, Benchmark, found \"Modell\"",
            ])
    }

    @Test("a misspelt field is a fault, at any depth")
    func unknownField() throws {
        let found = try faults("kind: Agent\nid: a\nparameters:\n  temprature: 0\n")
        #expect(found == ["f.yaml:4: parameters.temprature: expected a known field, found an unknown one"])
    }

    @Test("a key in the place of a variable's name is refused without being shown")
    func keyInFile() throws {
        let found = try faults("kind: Model\nid: a\nprovider: openai\napi_key_env: sk-secret\n")
        #expect(found.count == 1 && found[0].hasPrefix("f.yaml:4: api_key_env:") && !found[0].contains("secret"))
    }

    @Test("text that is not YAML, and a field given twice, are named by line")
    func notYAML() throws {
        #expect(try faults("kind: Agent\nid: [a\n").first?.hasPrefix("f.yaml:3: ") == true)
        #expect(try faults("kind: Agent\nid: a\nid: b\n").first?.contains("id: expected each field once") == true)
    }

    @Test("the same resource twice in one call is a fault")
    func twice() throws {
        let found = try faults("kind: Agent\nid: a\n---\nkind: Agent\nid: a\n")
        #expect(found.count == 1 && found[0].hasPrefix("f.yaml:4: Agent a:"))
    }

    @Test("a template that cannot be rendered is a fault of its field")
    func badTemplate() throws {
        let found = try faults("kind: Agent\nid: a\nprompt:\n  user: \"{% if %}\"\n")
        #expect(found.count == 1 && found[0].hasPrefix("f.yaml:4: prompt.user: expected a template"))
    }

    @Test("faults of a case file name that file and its line")
    func badCases() throws {
        let lines = """
            {"id":"1","input":"x","expected":{"choice":"a"}}
            {"id":"2","input":7}
            {"id":"1","input":"x"}
            {"id":"4","input":"x","expected":{"chioce":"a"}}
            """
        let suite = "kind: Benchmark\nid: s\ncategory: c\ncases: cases.jsonl\n"
        let found = try faults(suite, besides: ["cases.jsonl": lines])
        #expect(found.count == 3 && found.allSatisfy { $0.hasPrefix("cases.jsonl:") })
        #expect(found[0].hasPrefix("cases.jsonl:2: input: expected a text that is not empty, or an object, found 7"))
        #expect(found[1].hasPrefix("cases.jsonl:3: id: expected an id of its own"))
        #expect(found[2].hasPrefix("cases.jsonl:4: expected"))
        #expect(try faults(suite).first?.hasPrefix("f.yaml:4: cases: expected a JSONL file") == true)
    }

    @Test("labels such as yes, no and on stay texts, and numbers stay numbers")
    func plainWords() throws {
        let scratch = try Scratch()
        let file = try scratch.file(
            "f.yaml",
            """
            kind: Agent
            id: a
            parameters: {temperature: 0.5, max_tokens: 8, stop: ["1", no, 2020-01-01]}
            prompt:
              demonstrations: [{user: on, assistant: yes}]
            """)
        let agent = try #require(try ResourceReader.read([file]).first?.resource as? AgentResource)
        #expect(agent.parameters == ModelParameters(temperature: 0.5, maxTokens: 8, stop: ["1", "no", "2020-01-01"]))
        #expect(agent.prompt?.demonstrations == [Demonstration(user: "on", assistant: "yes")])
    }

    @Test(
        "a text survives being written as YAML, whatever it looks like",
        arguments: [
            "yes", "1.0", "null", "", " padded ", "two\nlines", "ends in one\n", "# no comment", "a: b", "日本 \u{1F600}",
            "- x", "\"quoted\" 'twice'", "tab\there", "{{ input }}", "line\n  indented\n\n\nlast", "~", "1e3",
            "\u{7F}x",
        ])
    func writing(text: String) throws {
        let scratch = try Scratch()
        let fields: JSONValue = ["id": "a", "prompt": ["user": .string(text)]]
        let given = try WireFormat.decode(AgentResource.self, from: WireFormat.encode(fields))
        let written = try Get.yaml([given])
        let read = try #require(try ResourceReader.read([scratch.file("w.yaml", written)]).first?.resource)
        #expect((read as? AgentResource)?.prompt?.user == text, "\(written)")
    }
}
