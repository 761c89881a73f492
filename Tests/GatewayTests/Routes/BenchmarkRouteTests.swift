import HTTP
import HoneAPI
import HoneCore
import HoneStore
import HoneTestKit
import Testing

@testable import Gateway

@Suite("Models and benchmarks over HTTP", .timeLimit(.minutes(10)))
struct BenchmarkRouteTests {
    private static let lines = """
        {"id":"1","input":"fine","expected":{"choice":"positive"},"split":"train"}
        {"id":"2","input":"bad","expected":{"choice":"negative"},"split":"holdout","control":true}

        {"id":"3","input":"good","expected":{"choice":"positive"},"split":"validation"}
        """

    private func send(
        lines: String, to gateway: TestGateway, _ path: String = "/api/benchmarks?id=s&category=analysis"
    ) async throws -> HTTPResponse {
        try await gateway.client.send(
            HTTPRequest(
                method: "POST", url: gateway.url + path,
                headers: [HTTPHeader("Content-Type", "application/x-ndjson")], body: Array(lines.utf8)))
    }

    @Test("a suite comes in as JSON lines, is counted by split, and stays the same when it is sent again")
    func lines() async throws {
        try await TestGateway.open { gateway in
            let created = try await send(lines: Self.lines, to: gateway)
            #expect(try created.status == 201 && created.value["cases"] == 3, "\(created.text)")
            #expect(created.headers["location"] == "/api/benchmarks/s")
            #expect(try await send(lines: Self.lines, to: gateway).status == 200)
            let suite = try await gateway.get("/api/benchmarks/s?limit=2").value
            #expect(suite["splits"]?["holdout"] == ["cases": 1, "control": 1] && suite["items"]?.array?.count == 2)
            let cursor = try #require(suite["next_cursor"]?.string)
            #expect(try await gateway.get("/api/benchmarks/s?limit=2&cursor=\(cursor)").ids == ["3"])
            #expect(try await gateway.get("/api/benchmarks").ids == ["s"])
            #expect(try await gateway.get("/api/benchmarks/other").status == 404)
        }
    }

    @Test("each line that does not fit is named, and nothing of the suite is kept")
    func badLines() async throws {
        try await TestGateway.open { gateway in
            let bad = try await send(lines: Self.lines + "\n{\"id\":\"1\",\"input\":\"x\"}\n{\"id\":7}", to: gateway)
            #expect(bad.status == 422)
            #expect(
                try bad.value["errors"]?.array?.map { $0["field"] } == ["line 5: id", "line 6: id"], "\(bad.text)")
            #expect(try await gateway.get("/api/benchmarks/s").status == 404)
            let twice = try await send(lines: #"{"id":"1","input":"x","input":"y"}"#, to: gateway)
            #expect(try twice.status == 422 && twice.fault == "line 1", "\(twice.text)")
            let unnamed = try await send(lines: Self.lines, to: gateway, "/api/benchmarks?id=s")
            #expect(try unnamed.status == 422 && unnamed.value["errors"]?[0]?["field"] == "category")
        }
    }

    @Test("a suite comes in as one JSON document too")
    func document() async throws {
        try await TestGateway.open { gateway in
            let suite: JSONValue = ["id": "s", "category": "analysis", "cases": [["id": "1", "input": "x"]]]
            #expect(try await gateway.post("/api/benchmarks", suite).status == 201)
            let file: JSONValue = ["id": "s", "category": "analysis", "cases": "/etc/passwd"]
            let refused = try await gateway.post("/api/benchmarks", file)
            #expect(try refused.status == 422 && refused.value["errors"]?[0]?["field"] == "cases")
            let twice: JSONValue = [
                "id": "s", "category": "analysis", "cases": [["id": "1", "input": "x"], ["id": "1", "input": "y"]],
            ]
            #expect(try await gateway.post("/api/benchmarks", twice).value["errors"]?[0]?["field"] == "cases[1].id")
        }
    }

    @Test("a suite with the same words in two splits, or an expectation nobody can check, is refused by case and field")
    func leaks() async throws {
        try await TestGateway.open { gateway in
            let leaking = #"{"id":"4","input":"Fine!","expected":{"choice":"positive"},"split":"holdout"}"#
            let twice = try await send(lines: Self.lines + "\n" + leaking, to: gateway)
            let text = twice.text
            #expect(try twice.status == 422 && twice.value["errors"]?[0]?["field"] == "cases[3].input", "\(text)")
            #expect(text.contains("case \\\"1\\\" (train)") && !text.contains("Fine"), "\(text)")
            let pattern = #"{"id":"4","input":"x","expected":{"regex":"(a"}}"#
            let unclosed = try await send(lines: Self.lines + "\n" + pattern, to: gateway)
            #expect(try unclosed.value["errors"]?[0]?["field"] == "line 5: expected.regex", "\(unclosed.text)")
            let listed: JSONValue = [
                "id": "s", "category": "analysis",
                "cases": [["id": "1", "input": "x", "expected": ["regex": "(a"]]],
            ]
            let refused = try await gateway.post("/api/benchmarks", listed)
            #expect(try refused.value["errors"]?[0]?["field"] == "cases[0].expected.regex", "\(refused.text)")
            #expect(try await gateway.get("/api/benchmarks/s").status == 404)
        }
    }

    @Test("what a suite lacks for optimizations is told, and refuses nothing")
    func warnings() async throws {
        try await TestGateway.open { gateway in
            let small = try await send(lines: Self.lines, to: gateway)
            let warning = try small.value["warnings"]?[0]?.string ?? ""
            #expect(small.status == 201 && warning.contains("besides 1 controls"), "\(small.text)")
            let dealt = (1...40).map { #"{"id":"\#($0)","input":"the same"}"# }.joined(separator: "\n")
            let leaking = try await send(lines: dealt, to: gateway, "/api/benchmarks?id=d&category=analysis")
            let warnings = try leaking.value["warnings"]?.array?.compactMap(\.string) ?? []
            let isTold = warnings.contains { $0.contains("have the same words") }
            #expect(leaking.status == 201 && isTold, "\(leaking.text)")
            let refused = try await gateway.post("/api/optimize/ada", ["benchmark": "d"] as JSONValue)
            #expect(
                try refused.status == 422 && refused.value["errors"]?[0]?["field"] == "benchmark", "\(refused.text)")
        }
    }

    @Test("the right answers of holdout cases are for admins alone")
    func sealed() {
        let item = BenchmarkCase(id: "1", input: "x", expected: .choice("a"), split: .holdout)
        #expect(CaseBody(item, opensSeals: false).expected == nil && CaseBody(item, opensSeals: false).sealed)
        #expect(CaseBody(item, opensSeals: true).expected == .choice("a"))
        let train = BenchmarkCase(id: "1", input: "x", expected: .choice("a"), split: .train)
        #expect(CaseBody(train, opensSeals: false).expected == .choice("a"))
    }

    @Test("a model names the variable of its key, never the key")
    func models() async throws {
        try await TestGateway.open { gateway in
            let keyed: JSONValue = ["id": "a/b", "provider": "openai", "api_key_env": "sk-secret"]
            let refused = try await gateway.post("/api/models", keyed)
            #expect(try refused.status == 422 && refused.value["errors"]?[0]?["field"] == "api_key_env")
            #expect(!String(decoding: refused.body, as: UTF8.self).contains("sk-secret"))
            for own in ["HONE_JWT_SECRET", "DATABASE_URL", "REDIS_URL"] {
                let model: JSONValue = ["id": "a/b", "provider": "openai", "api_key_env": .string(own)]
                let refused = try await gateway.post("/api/models", model)
                #expect(try refused.status == 422 && refused.value["errors"]?[0]?["field"] == "api_key_env", "\(own)")
            }
            let inURL: JSONValue = ["id": "a/b", "provider": "openai", "base_url": "http://me:secret@host/v1"]
            let hidden = try await gateway.post("/api/models", inURL)
            #expect(hidden.status == 422 && !String(decoding: hidden.body, as: UTF8.self).contains("secret"))

            let created = try await gateway.post("/api/models", ["id": "a/b", "provider": "echo"] as JSONValue)
            #expect(created.status == 201 && created.headers["location"] == "/api/models/a%2Fb")
            #expect(try await gateway.get("/api/models/a%2Fb").value["cost_per_1k_input"] == .null)
            #expect(
                try await gateway.post("/api/models", ["id": "a/b", "provider": "echo"] as JSONValue).status == 409)
            let priced: JSONValue = [
                "id": "a/b", "provider": "echo", "cost_per_1k_input": 1, "cost_per_1k_output": 2,
            ]
            #expect(try await gateway.send("PUT", "/api/models", body: priced).value["cost_per_1k_output"] == 2)
            #expect(try await gateway.get("/api/models").ids == ["a/b", "alpha", "beta", "judge"])
            let half: JSONValue = ["id": "a/b", "provider": "echo", "cost_per_1k_input": 1]
            #expect(try await gateway.send("PUT", "/api/models", body: half).status == 422)
            #expect(try await gateway.get("/api/models/none").status == 404)
        }
    }
}
