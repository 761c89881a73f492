import HTTP
import HoneCore
import HoneStore
import HoneTestKit
import ScriptedModel
import TestServers
import Testing

@testable import Executor
@testable import Gateway
@testable import Router

/// What Open WebUI 0.12.4 sends, word for word where it is short.
@Suite("Open WebUI as a client", .timeLimit(.minutes(10)))
struct OpenWebUITests {
    private static let chat = "cd8021d4-5cb2-435e-80ed-be5ad7afa2b1"
    private static let user = "f31a3dbf-ef02-4e96-8b6e-39153d0f064f"
    private static let forwarded = [
        ("X-OpenWebUI-Auth-Type", "jwt"), ("X-OpenWebUI-User-Name", "User"), ("X-OpenWebUI-User-Id", user),
        ("X-OpenWebUI-User-Email", "admin@localhost"), ("X-OpenWebUI-User-Role", "admin"),
        ("X-OpenWebUI-Chat-Id", chat),
    ].map { HTTPHeader($0, $1) }

    /// It offers tools with each chat of a person.
    private static let tools: JSONValue = [
        [
            "type": "function",
            "function": [
                "name": "get_current_timestamp", "description": "Get the current Unix timestamp in seconds.",
                "parameters": ["properties": [:], "type": "object"],
            ],
        ],
        [
            "type": "function",
            "function": [
                "name": "list_memories", "description": "List all stored memories.",
                "parameters": ["properties": [:], "type": "object"],
            ],
        ],
    ]

    private static func turn(_ messages: [JSONValue]) -> JSONValue {
        ["stream": true, "model": "hone/ada", "messages": .array(messages), "tools": tools]
    }

    private static let title: JSONValue = [
        "model": "hone/ada",
        "messages": [
            [
                "role": "user",
                "content": """
                ### Task:
                Generate a concise title summarizing the chat history.
                ### Chat History:
                <chat_history>
                USER: Good morning, Hone
                ASSISTANT:\u{20}
                </chat_history>
                """,
            ]
        ],
        "stream": false, "max_tokens": 1000,
    ]

    @Test("a chat with its second turn and its title is answered, as one conversation of one user")
    func conversation() async throws {
        try await TestGateway.open(beside: [Router.self, Executor.self]) { gateway in
            gateway.workshop.models.alpha.replace(script: .always(ScriptedReply(text: "one two three")))
            let hello: JSONValue = ["role": "user", "content": "Good morning, Hone"]
            let turns = [
                hello, ["role": "assistant", "content": "one two three"],
                ["role": "user", "content": "And a second question"],
            ]
            for body in [Self.turn([hello]), Self.title, Self.turn(turns)] {
                let answer = try await gateway.post("/v1/chat/completions", body, headers: Self.forwarded)
                #expect(answer.status == 200, "\(answer.text)")
                #expect(body["stream"] == false || answer.text.contains("data: [DONE]"), "\(answer.text)")
                let id = try #require(answer.headers["x-hone-task-id"].flatMap { TaskID($0) })
                let task = try #require(try await gateway.workshop.store.tasks.load(id))
                #expect(task.sessionID == Self.chat && task.userID == Self.user)
            }
            let asked = try #require(gateway.workshop.models.alpha.requests.last)
            #expect(asked.turns.suffix(3).map(\.role) == ["user", "assistant", "user"] && asked.body["tools"] == nil)
        }
    }
}
