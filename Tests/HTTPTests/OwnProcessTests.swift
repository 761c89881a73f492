import Foundation
import HTTP
import Testing

/// The client runs alone in a child process, so that every thread and every second counted there is the client's.
/// The servers are raw ones and the tests take turns, because a test that awaits a child process blocks a thread of
/// the cooperative pool.
@Suite("A client in a process of its own", .serialized, .timeLimit(.minutes(1)))
struct OwnProcessTests {
    @Test("five hundred open event streams need no more threads than one")
    func threads() async throws {
        let server = try RawServer.events()
        await #expect(processExitsWith: .success) { [url = server.url as String] in
            let client = HTTPClient(options: HTTPClientOptions(proxy: .none))
            let one = try await OpenStream(client, url)
            let before = try threadCount()
            let streams = try await openStreams(500, client, url)
            let after = try threadCount()
            #expect(streams.count == 500)
            #expect(after <= before + 2, "\(before) threads became \(after)")

            _ = try await client.send(HTTPRequest(url: url + "/gate"))
            for stream in [one] + streams { #expect(try await stream.rest() == ["second"]) }
        }
        #expect(server.accepted == 502)
    }

    @Test("streams that wait, for the server or for their reader, cost no processor time")
    func waiting() async throws {
        let (endless, events) = (try RawServer.endless(), try RawServer.events())
        await #expect(processExitsWith: .success) { [endless = endless.url as String, events = events.url as String] in
            let client = HTTPClient(options: HTTPClientOptions(proxy: .none))
            let paused = try await client.stream(HTTPRequest(url: endless))
            let idle = try await openStreams(50, client, events)
            try await Task.sleep(for: .milliseconds(500))
            let before = clock()
            try await Task.sleep(for: .seconds(1))
            #expect(clock() - before < CLOCKS_PER_SEC / 5)
            #expect(paused.status == 200 && idle.count == 50)
        }
    }

    @Test("the environment's proxy variables are honoured")
    func environment() async throws {
        let proxy = try RawServer.proxy()
        let direct = try RawServer(answering: Array("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\ndirect".utf8))
        await #expect(processExitsWith: .success) {
            [proxyURL = proxy.url as String, directURL = direct.url as String] in
            setenv("http_proxy", proxyURL, 1)
            setenv("no_proxy", "127.0.0.1", 1)
            let client = HTTPClient()
            let throughProxy = try await client.send(HTTPRequest(url: "http://upstream.invalid/x"))
            #expect(throughProxy.text == "proxy: GET http://upstream.invalid/x HTTP/1.1")
            #expect(try await client.send(HTTPRequest(url: directURL)).text == "direct")
        }
        #expect(proxy.accepted == 1 && direct.accepted == 1)
    }
}

private func threadCount() throws -> Int {
    try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count
}

private func openStreams(_ count: Int, _ client: HTTPClient, _ url: String) async throws -> [OpenStream] {
    try await withThrowingTaskGroup(of: OpenStream.self) { group in
        for _ in 0..<count { group.addTask { try await OpenStream(client, url) } }
        return try await group.reduce(into: []) { $0.append($1) }
    }
}

/// A stream whose first event has been read and whose second is still to come.
private final class OpenStream: Sendable {
    private let reader: Task<[String], any Error>

    init(_ client: HTTPClient, _ url: String) async throws {
        let stream = try await client.stream(HTTPRequest(url: url))
        let first = Signal()
        reader = Task {
            var seen: [String] = []
            for try await event in stream.body.serverSentEvents {
                seen.append(event.data)
                first.fire()
            }
            return seen
        }
        try await first.wait(within: .seconds(30))
    }

    /// The events after the first.
    func rest() async throws -> [String] {
        Array(try await reader.value.dropFirst())
    }
}
