import HTTP
import Testing

@Suite("Cancellation", .timeLimit(.minutes(1)))
struct CancellationTests {
    /// Sends `answer`, then waits until the client hangs up.
    private func server(
        _ answer: String, asked: Signal = Signal(), closed: Signal
    ) throws -> RawServer {
        try RawServer { connection in
            _ = connection.readHead()
            connection.write(answer)
            asked.fire()
            connection.waitForClose()
            closed.fire()
        }
    }

    private static let beginning = "HTTP/1.1 200 OK\r\n\r\nfirst"

    @Test("cancelling the wait for an answer closes the transfer")
    func beforeHead() async throws {
        let (asked, closed) = (Signal(), Signal())
        let server = try server("", asked: asked, closed: closed)
        let client = HTTPClient.direct()
        let url = server.url
        let task = Task { try await client.send(HTTPRequest(url: url)) }
        try await asked.wait()
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        try await closed.wait()
    }

    @Test("cancelling a reader closes the transfer")
    func reader() async throws {
        let closed = Signal()
        let server = try server(Self.beginning, closed: closed)
        let client = HTTPClient.direct()
        let stream = try await client.stream(HTTPRequest(url: server.url))
        let first = Signal()
        let task = Task {
            for try await _ in stream.body { first.fire() }
        }
        try await first.wait()
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        try await closed.wait()
    }

    @Test("leaving the loop closes the transfer though the stream is still held")
    func leaving() async throws {
        let closed = Signal()
        let server = try server(Self.beginning, closed: closed)
        let client = HTTPClient.direct()
        let stream = try await client.stream(HTTPRequest(url: server.url))
        for try await _ in stream.body { break }
        try await closed.wait()
        #expect(stream.status == 200)
    }

    @Test("dropping a stream nobody read closes the transfer")
    func dropping() async throws {
        let closed = Signal()
        let server = try server(Self.beginning, closed: closed)
        let client = HTTPClient.direct()
        #expect(try await client.stream(HTTPRequest(url: server.url)).status == 200)
        try await closed.wait()
    }

    @Test("dropping a paused stream closes the transfer")
    func paused() async throws {
        let (stalled, closed) = (Signal(), Signal())
        let server = try RawServer { connection in
            _ = connection.readHead()
            connection.write("HTTP/1.1 200 OK\r\n\r\n")
            while connection.isWritable(withinMilliseconds: 300) {
                connection.write([UInt8](repeating: 0, count: 4_096))
            }
            stalled.fire()
            connection.waitForClose()
            closed.fire()
        }
        let client = HTTPClient.direct()
        var stream: HTTPStream? = try await client.stream(HTTPRequest(url: server.url))
        try await stalled.wait()
        #expect(stream?.status == 200)
        stream = nil
        try await closed.wait()
    }

    @Test("a task that is already cancelled sends nothing")
    func alreadyCancelled() async throws {
        let server = try RawServer { _ in }
        let client = HTTPClient.direct()
        let url = server.url
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await client.send(HTTPRequest(url: url))
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(server.accepted == 0)
    }

    @Test("hundreds of requests cancelled at any moment neither hang nor leak into the next")
    func storm() async throws {
        let url = try await testServer()
        let client = HTTPClient.direct()
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<300 {
                group.addTask {
                    let task = Task { try await client.send(HTTPRequest(url: url + "/hello")) }
                    for _ in 0..<number % 30 { await Task.yield() }
                    task.cancel()
                    if let response = try? await task.value { #expect(response.text == "hello") }
                }
            }
        }
        let last = try await client.send(HTTPRequest(url: url + "/hello"))
        #expect(last.text == "hello")
    }
}
