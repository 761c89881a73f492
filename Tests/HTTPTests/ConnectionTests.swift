import Foundation
import HTTP
import Testing

@Suite("Connections", .timeLimit(.minutes(1)))
struct ConnectionTests {
    /// Answers any number of requests on each connection with the path that was asked for.
    private func keepAliveServer() throws -> RawServer {
        try RawServer { connection in
            while let head = connection.readHead() {
                let path = head.split(separator: " ")[1]
                connection.write("HTTP/1.1 200 OK\r\nContent-Length: \(path.utf8.count)\r\n\r\n\(path)")
            }
        }
    }

    @Test("a thousand requests in a row share one connection")
    func reuse() async throws {
        let server = try keepAliveServer()
        let client = HTTPClient.direct()
        for number in 0..<1_000 {
            let response = try await client.send(HTTPRequest(url: "\(server.url)/\(number)"))
            #expect(response.text == "/\(number)")
        }
        #expect(server.accepted == 1)
    }

    @Test("concurrent requests get their own answers within the limit of connections")
    func limit() async throws {
        let server = try keepAliveServer()
        let client = HTTPClient.direct { $0.maxConnectionsPerHost = 3 }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<100 {
                group.addTask {
                    let response = try await client.send(HTTPRequest(url: "\(server.url)/\(number)"))
                    #expect(response.text == "/\(number)")
                }
            }
            try await group.waitForAll()
        }
        #expect(server.accepted <= 3)
    }

    @Test("redirects are returned unless the request allows them, and never forward credentials to another host")
    func redirects() async throws {
        let goal = try RawServer { connection in
            let head = connection.readHead() ?? ""
            connection.write("HTTP/1.1 200 OK\r\nLeaked: \(head.contains("tok3n"))\r\nConnection: close\r\n\r\nthere")
        }
        let start = try RawServer(answering: Array(answer("302 Found", "Location: \(goal.url)/x\r\n").utf8))
        let client = HTTPClient.direct()
        var request = HTTPRequest(url: start.url, headers: [HTTPHeader("Authorization", "Bearer tok3n")])
        #expect(try await client.send(request).status == 302)
        request.maximumRedirects = 2
        let followed = try await client.send(request)
        #expect(followed.status == 200 && followed.text == "there" && followed.headers["Leaked"] == "false")
    }

    @Test("endless redirects and redirects to files are refused", arguments: ["/again", "file:///etc/passwd"])
    func badRedirects(_ location: String) async throws {
        let server = try RawServer(answering: Array(answer("302 Found", "Location: \(location)\r\n").utf8))
        let error = try await httpError {
            _ = try await HTTPClient.direct().send(HTTPRequest(url: server.url, maximumRedirects: 3))
        }
        guard case .invalidResponse = error else {
            Issue.record("\(error)")
            return
        }
    }

    private func answer(_ status: String, _ headers: String) -> String {
        "HTTP/1.1 \(status)\r\n\(headers)Content-Length: 0\r\nConnection: close\r\n\r\n"
    }

    @Test("a client that is dropped lets its stream end")
    func dropped() async throws {
        let goOn = DispatchSemaphore(value: 0)
        let server = try RawServer { connection in
            _ = connection.readHead()
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nfirst")
            goOn.wait()
            connection.write("last")
        }
        let stream = try await HTTPClient.direct().stream(HTTPRequest(url: server.url))
        goOn.signal()
        #expect(try await stream.body.collect() == Array("firstlast".utf8))
    }

    @Test("shutdown cancels what is under way and refuses what comes later")
    func shutdown() async throws {
        let (asked, streamClosed, sendClosed) = (Signal(), Signal(), Signal())
        let server = try RawServer { connection in
            let isStream = connection.readHead()?.hasPrefix("GET /stream ") == true
            if isStream { connection.write("HTTP/1.1 200 OK\r\n\r\nfirst") } else { asked.fire() }
            connection.waitForClose()
            (isStream ? streamClosed : sendClosed).fire()
        }
        let client = HTTPClient.direct()
        let stream = try await client.stream(HTTPRequest(url: server.url + "/stream"))
        let url = server.url
        let pending = Task { try await client.send(HTTPRequest(url: url + "/send")) }
        var chunks = stream.body.makeAsyncIterator()
        #expect(try await chunks.next() == Array("first".utf8))
        try await asked.wait()
        await client.shutdown()
        try await streamClosed.wait()
        try await sendClosed.wait()
        #expect(try await httpError { _ = try await chunks.next() } == .shutDown)
        await #expect(throws: HTTPError.shutDown) { _ = try await pending.value }
        #expect(try await httpError { _ = try await client.send(HTTPRequest(url: url)) } == .shutDown)
        await client.shutdown()
    }
}
