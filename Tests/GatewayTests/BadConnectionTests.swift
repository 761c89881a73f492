import Foundation
import HTTP
import HoneCore
import TestServers
import Testing

@testable import Gateway

@Suite("What a bad connection gets", .timeLimit(.minutes(10)))
struct BadConnectionTests {
    private static let quick = ["HONE_READ_TIMEOUT": "500ms", "HONE_IDLE_TIMEOUT": "600ms"]

    @Test(
        "what is no request of HTTP/1.1 is refused, and the connection closed",
        arguments: [
            "GARBAGE\r\n\r\n", "GET /healthz\r\n\r\n",
            "GET /healthz HTTP/1.1\r\nHost: localhost\r\nBad Header: 1\r\n\r\n",
            "GET /healthz HTTP/1.1\r\nHost: localhost\r\n: empty\r\n\r\n",
            "GET /healthz HTTP/9.9\r\nHost: localhost\r\n\r\n",
            "\u{16}\u{3}\u{1}\u{2}\u{0}", "GET /health\u{0}z HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "POST /api/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: abc\r\n\r\n",
            "POST /api/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
            "POST /api/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
            "POST /api/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "POST /api/x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
            "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: a\r\n folded\r\n\r\n",
        ])
    func noRequest(text: String) async throws {
        try await TestGateway.open(settings: Self.quick) { gateway in
            let answer = try await gateway.raw(text)
            #expect(TestGateway.code(answer) == 400, "\(answer)")
            #expect(answer.contains("application/problem+json"))
        }
    }

    @Test("a thousand headers, or one without end, are too much")
    func headers() async throws {
        try await TestGateway.open { gateway in
            let many = (0..<1_000).map { "X-\($0): y\r\n" }.joined()
            let long = "X: " + String(repeating: "y", count: 200_000) + "\r\n"
            for headers in [many, long] {
                let answer = try await gateway.raw("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\(headers)\r\n")
                #expect(TestGateway.code(answer) == 431, "\(answer.prefix(200))")
            }
            #expect(try await gateway.get("/healthz").status == 200)
        }
    }

    @Test("a head that drips, a body that drips, and a connection that only waits are closed")
    func slow() async throws {
        try await TestGateway.echo(settings: Self.quick) { gateway in
            let head = try RawSocket(port: gateway.port)
            head.send("GET /healthz HTTP/1.1\r\nHost:")
            #expect(TestGateway.code(try await head.receive()) == 408)

            let body = try RawSocket(port: gateway.port)
            body.send(
                "POST /api/echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
            )
            let answer = try await body.receive()
            #expect(TestGateway.code(answer) == 408 && answer.contains("request_timeout"), "\(answer)")

            let idle = try RawSocket(port: gateway.port)
            idle.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            let first = try await idle.receive()
            #expect(TestGateway.code(first) == 200 && !first.contains("408"))
        }
    }

    @Test("whoever is answered before the body was read gets the answer whole, and the rest is not read")
    func early() async throws {
        try await TestGateway.open { gateway in
            let socket = try RawSocket(port: gateway.port)
            socket.send("POST /api/nothing HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900000000\r\n\r\n")
            let answer = try await socket.receive { $0.contains("not_found") }
            #expect(TestGateway.code(answer) == 404)
            #expect(answer.lowercased().contains("connection: close"))
            try await eventually("the gateway hangs up") { !socket.send(String(repeating: "x", count: 65_536)) }
        }
    }

    @Test("two requests sent at once are answered in order; half a connection is enough for an answer")
    func pipelining() async throws {
        try await TestGateway.open { gateway in
            let socket = try RawSocket(port: gateway.port)
            socket.send(
                "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\nGET /api/nothing HTTP/1.1\r\nHost: localhost\r\n\r\n")
            socket.closeSending()
            let answers = try await socket.receive()
            let first = try #require(answers.range(of: " 200 "))
            let second = try #require(answers.range(of: " 404 "))
            #expect(first.lowerBound < second.lowerBound)
        }
    }

    @Test("a body shorter than it was said to be is no request, whatever it says so far")
    func shortBody() async throws {
        try await TestGateway.open { gateway in
            let socket = try RawSocket(port: gateway.port)
            socket.send(
                "POST /api/tasks HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{}"
            )
            socket.closeSending()
            let answer = try await socket.receive()
            #expect(answer.isEmpty || [400, 404].contains(TestGateway.code(answer)), "\(answer)")
            #expect(try await gateway.get("/healthz").status == 200)
        }
    }
}
