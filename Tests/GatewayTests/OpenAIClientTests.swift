import Foundation
import HoneCore
import HoneTestKit
import ScriptedModel
import TestServers
import Testing

@testable import Executor
@testable import Gateway
@testable import Router

@Suite("OpenAI's own client", .timeLimit(.minutes(10)))
struct OpenAIClientTests {
    /// Runs a script of the `openai` package against a gateway; what it prints is JSON.
    private func withClient(_ script: String, _ check: @Sendable @escaping (JSONValue) throws -> Void) async throws {
        try await TestGateway.open(beside: [Router.self, Executor.self]) { gateway in
            gateway.workshop.models.alpha.replace(
                script: .always(ScriptedReply(text: "one two three", tokenDelayMilliseconds: 5)))
            let run = try await OutsidePrograms.run(
                ["python", "-c", Self.client + "\n" + script], environment: ["HONE_URL": gateway.url])
            try #require(run.status == 0, "\(run.complaints)")
            try check(try WireFormat.decode(JSONValue.self, from: Data(run.output.utf8)))
        }
    }

    private static let client = """
        import json, openai, os
        client = openai.OpenAI(base_url=os.environ["HONE_URL"] + "/v1", api_key="any")
        def ask(model="hone/ada", text="Hi", **more):
            return client.chat.completions.create(model=model, messages=[{"role": "user", "content": text}], **more)
        def failure(*args, **more):
            try:
                return {"no failure": str(ask(*args, **more))}
            except openai.APIError as error:
                status = getattr(error, "status_code", None)
                return {"type": type(error).__name__, "status": status, "param": error.param, "code": error.code}
        """

    @Test("asks, streams, and lists models as it does elsewhere")
    func success() async throws {
        let script = """
            whole = ask()
            raw = client.chat.completions.with_raw_response.create(
                model="hone/auto", messages=[{"role": "user", "content": "Hi"}])
            chunks = list(ask(stream=True, stream_options={"include_usage": True}))
            print(json.dumps({
                "text": whole.choices[0].message.content, "finish": whole.choices[0].finish_reason,
                "usage": whole.usage.total_tokens, "task": raw.headers["x-hone-task-id"],
                "stream": "".join(c.choices[0].delta.content or "" for c in chunks if c.choices),
                "pieces": sum(1 for c in chunks if c.choices and c.choices[0].delta.content),
                "last usage": chunks[-1].usage.total_tokens, "model": client.models.retrieve("hone/ada").id,
                "models": [m.id for m in client.models.list()]}))
            """
        try await withClient(script) { told throws in
            #expect(told["text"] == "one two three" && told["finish"] == "stop" && told["stream"] == "one two three")
            #expect(try #require(told["pieces"]?.int) > 1 && told["usage"]?.int == told["last usage"]?.int)
            #expect(told["models"] == ["hone/auto", "hone/ada", "hone/bob"] && told["model"] == "hone/ada")
            #expect(told["task"]?.string.flatMap { TaskID($0) } != nil)
        }
    }

    @Test("raises its own errors for ours")
    func failures() async throws {
        let script = """
            print(json.dumps({"model": failure("gpt-4"), "n": failure(n=2), "tools": failure(tools=[
                {"type": "function", "function": {"name": "f", "parameters": {}}}], tool_choice="required"), "empty": failure(text="")}))
            """
        try await withClient(script) { told in
            #expect(told["model"]?["type"] == "NotFoundError" && told["model"]?["code"] == "model_not_found")
            #expect(told["n"]?["type"] == "BadRequestError" && told["n"]?["param"] == "n")
            #expect(told["tools"]?["type"] == "BadRequestError" && told["tools"]?["param"] == "tool_choice")
            #expect(told["empty"]?["status"] == 400 && told["empty"]?["param"] == "messages[0].content")
        }
    }
}
