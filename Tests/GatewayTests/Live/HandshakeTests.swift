import HTTP
import HoneCore
import HoneTestKit
import TestServers
import Testing

@testable import Gateway

@Suite("Opening a socket")
struct HandshakeTests {
    @Test("the answer proves that the key was read (RFC 6455, section 1.3)")
    func accept() async throws {
        try await TestGateway.open { gateway in
            let client = try await gateway.socket("/ws/tasks")
            #expect(client.status == 101)
            #expect(client.head.lowercased().contains("sec-websocket-accept: s3pplmbitxaq9kygzzhzrbk+xoo="))
        }
    }

    @Test("a request without an upgrade is told to ask for one")
    func plain() async throws {
        try await TestGateway.open { gateway in
            let response = try await gateway.get("/ws/tasks")
            #expect(response.status == 426)
            #expect(response.headers["upgrade"] == "websocket")
            #expect(try response.value["code"] == "upgrade_required")
        }
    }

    @Test("a wrong version or key is refused with a problem, and the connection ends")
    func wrongKey() async throws {
        try await TestGateway.open { gateway in
            for (field, status) in [
                (("Sec-WebSocket-Version", "8"), 426), (("Sec-WebSocket-Key", "short"), 400),
                (("Connection", "keep-alive"), 426), (("Upgrade", "h2c"), 426),
            ] {
                let client = try await gateway.socket("/ws/tasks", headers: [field])
                #expect(client.status == status)
                try await eventually("the end of the connection") { client.isClosed }
                #expect(client.body["status"]?.int == status)
            }
        }
    }

    @Test("a wish for another protocol is passed over and the request answered")
    func otherProtocol() async throws {
        try await TestGateway.open { gateway in
            let client = try await gateway.socket("/api/nothing", headers: [("Upgrade", "h2c")])
            #expect(client.status == 404)
            try await eventually("the end of the connection") { client.isClosed }
        }
    }

    @Test("a connection that has served requests can become a socket")
    func afterRequests() async throws {
        try await TestGateway.open { gateway in
            _ = try await gateway.socket("/ws/tasks")
            let client = try await SocketClient.open(gateway.port)
            let request = "GET /api/nothing HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
            try await client.write(Array(request.utf8))
            try await eventually("the first answer") { client.status == 404 && client.body["status"] == 404 }
            client.forget()
            try await client.handshake("/ws/tasks")
            #expect(try await client.texts(1)[0].type == "hello")
        }
    }

    @Test("a frame sent before the answer came is read all the same")
    func early() async throws {
        try await TestGateway.open { gateway in
            _ = try await gateway.socket("/ws/tasks")
            let client = try await SocketClient.open(gateway.port)
            let request = """
                GET /ws/tasks HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n
                """
            try await client.write(Array(request.utf8) + SocketClient.frame(9, [7]))
            #expect(try await client.frame(10).payload == [7])
        }
    }

    @Test("our subprotocol is chosen where it is offered; one that carries a key is never sent back")
    func subprotocols() async throws {
        try await TestGateway.open { gateway in
            let both = try await gateway.socket(
                "/ws/tasks", headers: [("Sec-WebSocket-Protocol", "hone.bearer.secret, hone.v1")])
            #expect(both.head.contains("hone.v1"))
            #expect(!both.head.contains("secret"))
            let alone = try await gateway.socket(
                "/ws/tasks", headers: [("Sec-WebSocket-Protocol", "hone.bearer.secret")])
            #expect(alone.status == 101)
            #expect(!alone.head.lowercased().contains("sec-websocket-protocol"))
        }
    }

    @Test("nothing is agreed on that is not offered or not known, nor is the answer gzipped")
    func extensions() async throws {
        try await TestGateway.open { gateway in
            for more in [[], [("Sec-WebSocket-Extensions", "permessage-bzip2, x-webkit-deflate-frame")]] {
                let client = try await gateway.socket(
                    "/ws/tasks", headers: [("Accept-Encoding", "gzip, deflate, br")] + more)
                #expect(client.status == 101)
                #expect(!client.head.lowercased().contains("sec-websocket-extensions"))
                #expect(!client.head.lowercased().contains("content-encoding"))
                #expect(try await client.texts(1)[0].type == "hello")
            }
        }
    }

    @Test(
        "what is not there is 404 before the upgrade", arguments: ["/ws/tasks/\(TaskID.new())", "/ws/tasks/x", "/ws/x"])
    func unknown(_ path: String) async throws {
        try await TestGateway.open { gateway in
            let client = try await gateway.socket(path)
            #expect(client.status == 404)
            #expect(client.head.lowercased().contains("application/problem+json"))
        }
    }

    @Test("there are no more sockets than the gateway may hold, and a seat that is left is free again")
    func seats() async throws {
        try await TestGateway.open(settings: ["HONE_GATEWAY_SOCKETS": "2"]) { gateway in
            let first = try await gateway.socket("/ws/tasks")
            _ = try await gateway.socket("/ws/leaderboard")
            let third = try await gateway.socket("/ws/tasks")
            #expect(third.status == 429)
            #expect(third.head.lowercased().contains("retry-after: "))
            #expect(third.body["code"] == "too_many_sockets")
            try await first.drop()
            try await eventually("the seat is free") { try await gateway.socket("/ws/tasks").status == 101 }
        }
    }
}
