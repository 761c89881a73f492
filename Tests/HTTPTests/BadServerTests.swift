import HTTP
import Testing

@Suite("A bad server", .timeLimit(.minutes(1)))
struct BadServerTests {
    enum Kind: Sendable { case connectionLost, invalidResponse, either }

    struct Answer: CustomTestStringConvertible {
        var testDescription: String
        var text: String
        var kind: Kind

        init(_ name: String, _ text: String, _ kind: Kind) {
            (testDescription, self.text, self.kind) = (name, text, kind)
        }
    }

    private static let head = "HTTP/1.1 200 OK\r\n"
    private static let chunked = head + "Transfer-Encoding: chunked\r\n\r\n"
    private static let padding = String(repeating: "X-Pad: \(String(repeating: "y", count: 90))\r\n", count: 4_000)

    static let answers = [
        Answer("nothing", "", .connectionLost),
        Answer("half a status line", "HTTP/1.1 200 O", .either),
        Answer("half a body", head + "Content-Length: 10\r\n\r\nhalf", .connectionLost),
        Answer("half a chunk", chunked + "5\r\nhel", .connectionLost),
        Answer("no last chunk", chunked + "5\r\nhello\r\n", .connectionLost),
        Answer("a chunk of no size", chunked + "zz\r\nhello\r\n", .either),
        Answer("no HTTP", "\u{1}\u{2}no such protocol\r\n\r\n", .invalidResponse),
        Answer("an unknown version", "HTTP/7.3 200 OK\r\n\r\n", .invalidResponse),
        Answer("no gzip", head + "Content-Encoding: gzip\r\nContent-Length: 9\r\n\r\nnot gzip!", .invalidResponse),
        Answer("no final answer", "HTTP/1.1 100 Continue\r\n\r\n", .connectionLost),
        Answer("endless headers", head + padding + "\r\n", .invalidResponse),
    ]

    @Test("nonsense and half answers are errors", arguments: answers)
    func nonsense(_ answer: Answer) async throws {
        let server = try RawServer(answering: Array(answer.text.utf8))
        let error = try await httpError { _ = try await HTTPClient.direct().send(HTTPRequest(url: server.url)) }
        switch (error, answer.kind) {
        case (.connectionLost, .connectionLost), (.connectionLost, .either): #expect(error.isTransient)
        case (.invalidResponse, .invalidResponse), (.invalidResponse, .either): #expect(!error.isTransient)
        default: Issue.record("\(error)")
        }
    }

    @Test("a reset in the midst of a body is a lost connection")
    func reset() async throws {
        let server = try RawServer { connection in
            _ = connection.readHead()
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
            connection.resetOnClose()
        }
        let error = try await httpError { _ = try await HTTPClient.direct().send(HTTPRequest(url: server.url)) }
        guard case .connectionLost = error else {
            Issue.record("\(error)")
            return
        }
    }

    @Test("a closed port is a refused connection that names the server")
    func refused() async throws {
        let port = try RawServer.freePort()
        let error = try await httpError {
            _ = try await HTTPClient.direct().send(HTTPRequest(url: "http://127.0.0.1:\(port)/"))
        }
        guard case .cannotConnect("127.0.0.1:\(port)", let reason) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(reason.lowercased().contains("connect"))
        #expect(error.isTransient)
    }

    @Test("a host without an address cannot be connected to")
    func unknownHost() async throws {
        let error = try await httpError {
            _ = try await HTTPClient.direct().send(HTTPRequest(url: "http://nobody.invalid/"))
        }
        guard case .cannotConnect("nobody.invalid", _) = error else {
            Issue.record("\(error)")
            return
        }
    }

    @Test("a body may be as long as the limit and no longer")
    func cap() async throws {
        let server = try RawServer(answering: Array("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello".utf8))
        let client = HTTPClient.direct()
        #expect(try await client.send(HTTPRequest(url: server.url, maximumBodyBytes: 5)).text == "hello")
        let error = try await httpError {
            _ = try await client.send(HTTPRequest(url: server.url, maximumBodyBytes: 4))
        }
        #expect(error == .bodyTooLarge(limit: 4) && !error.isTransient)
    }

    @Test("the limit counts what a compressed body unpacks to")
    func bomb() async throws {
        let url = try await testServer()
        let error = try await httpError {
            let request = HTTPRequest(url: url + "/gzip", maximumBodyBytes: 50_000)
            _ = try await HTTPClient.direct().send(request)
        }
        #expect(error == .bodyTooLarge(limit: 50_000))
    }

    @Test("a stream longer than the limit ends in an error and is closed")
    func endless() async throws {
        let closed = Signal()
        let server = try RawServer { connection in
            _ = connection.readHead()
            connection.write("HTTP/1.1 200 OK\r\n\r\n")
            while connection.write([UInt8](repeating: 0, count: 4_096)) {}
            closed.fire()
        }
        let stream = try await HTTPClient.direct().stream(HTTPRequest(url: server.url, maximumBodyBytes: 1 << 20))
        var received = 0
        let error = try await httpError { for try await chunk in stream.body { received += chunk.count } }
        #expect(error == .bodyTooLarge(limit: 1 << 20))
        #expect(received <= 1 << 20)
        try await closed.wait()
    }
}
