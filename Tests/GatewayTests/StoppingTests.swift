import HTTP
import HoneCore
import HoneMessages
import HoneStore
import HoneTestKit
import Synchronization
import TestServers
import Testing

@testable import Gateway

@Suite("Stopping the gateway", .timeLimit(.minutes(10)))
struct StoppingTests {
    /// How long a gateway takes to stop after `body`, whose clients outlive it, as clients do.
    private func timeToStop(
        grace: String, after body: @Sendable @escaping (TestGateway) async throws -> [any Sendable]
    ) async throws -> Duration {
        let clients = Mutex<[any Sendable]>([])
        let told = Mutex(ContinuousClock.now)
        try await TestGateway.open(settings: ["HONE_GRACE_PERIOD": grace]) { gateway in
            let connected = try await body(gateway)
            clients.withLock { $0 = connected }
            told.withLock { $0 = .now }
        }
        let end = ContinuousClock.now
        clients.withLock { $0 = [] }
        return end - told.withLock { $0 }
    }

    @Test("those who wait, follow or say nothing do not keep it from stopping")
    func connected() async throws {
        let time = try await timeToStop(grace: "120s") { gateway in
            let (silent, halfway) = (try RawSocket(port: gateway.port), try RawSocket(port: gateway.port))
            halfway.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n")
            let idle = try RawSocket(port: gateway.port)
            idle.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            _ = try await idle.receive { $0.contains("200 OK") }
            let task = try await gateway.workshop.assign(TaskSubmitted(input: "x", category: .analysis)).taskID
            let events = try RawSocket(port: gateway.port)
            events.send("GET /api/tasks/\(task)/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
            _ = try await events.receive { $0.contains("event: snapshot") }
            return [silent, halfway, idle, events, try await gateway.socket("/ws/tasks")]
        }
        #expect(time < .seconds(30))
    }

    @Test(
        "a socket is told, and let go when its client says nothing: after five seconds, or with the grace period",
        arguments: [("120s", 15), ("1s", 5)])
    func silentSocket(grace: String, limit: Int) async throws {
        let kept = Mutex<SocketClient?>(nil)
        let time = try await timeToStop(grace: grace) { gateway in
            let client = try await gateway.socket("/ws/tasks")
            _ = try await client.texts(1)
            kept.withLock { $0 = client }
            return [client]
        }
        let client = try #require(kept.withLock { $0 })
        #expect(try await client.closeCode() == 1001)
        try await eventually(within: .seconds(5), "the end of the connection") { client.isClosed }
        #expect(time < .seconds(limit))
    }

    @Test("what does not end within the grace period is cut off")
    func hanging() async throws {
        let time = try await timeToStop(grace: "1s") { gateway in
            let chat = try RawSocket(port: gateway.port)
            let body = #"{"model":"hone/ada","messages":[{"role":"user","content":"Hi"}]}"#
            chat.send(
                "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
            try await eventually("the chat is under way") {
                try await gateway.get("/api/tasks").value["items"]?.array?.count == 1
            }
            return [chat]
        }
        #expect(time > .milliseconds(500) && time < .seconds(30))
    }
}
