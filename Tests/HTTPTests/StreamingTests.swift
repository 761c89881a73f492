import Foundation
import HTTP
import Testing

@Suite("Streaming", .timeLimit(.minutes(1)))
struct StreamingTests {
    private static let chunkedHead = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"

    @Test("the headers and each piece arrive when they are sent, not at the end")
    func incremental() async throws {
        let goOn = DispatchSemaphore(value: 0)
        let server = try RawServer { connection in
            _ = connection.readHead()
            connection.write(Self.chunkedHead)
            for piece in ["one", "two", "six"] {
                goOn.wait()
                connection.write("3\r\n\(piece)\r\n")
            }
            goOn.wait()
            connection.write("0\r\n\r\n")
        }
        let stream = try await HTTPClient.direct().stream(HTTPRequest(url: server.url))
        #expect(stream.status == 200 && stream.headers["Transfer-Encoding"] == "chunked")
        var chunks = stream.body.makeAsyncIterator()
        for piece in ["one", "two", "six"] {
            goOn.signal()
            #expect(try await chunks.next() == Array(piece.utf8))
        }
        goOn.signal()
        #expect(try await chunks.next() == nil)
        #expect(try await chunks.next() == nil)
    }

    @Test("server-sent events come one by one")
    func events() async throws {
        let url = try await testServer()
        let client = HTTPClient.direct()
        let stream = try await client.stream(HTTPRequest(url: url + "/events/one-by-one"))
        var events = stream.body.serverSentEvents.makeAsyncIterator()
        #expect(try await events.next() == ServerSentEvent(data: "first"))
        _ = try await client.send(HTTPRequest(method: "POST", url: url + "/gate/one-by-one"))
        #expect(try await events.next() == ServerSentEvent(data: "second"))
        #expect(try await events.next() == nil)
    }

    @Test("while nobody reads the server has to wait, and then nothing is missing")
    func backPressure() async throws {
        let total = 64 << 20
        let stalledAt = AsyncStream<Int>.makeStream()
        let server = try RawServer { connection in
            _ = connection.readHead()
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: \(total)\r\n\r\n")
            let piece = [UInt8](repeating: 0x61, count: 64 << 10)
            for sent in stride(from: 0, to: total, by: piece.count) {
                if !connection.isWritable(withinMilliseconds: 300) { stalledAt.continuation.yield(sent) }
                guard connection.write(piece) else { return }
            }
        }
        let stream = try await HTTPClient.direct().stream(HTTPRequest(url: server.url, maximumBodyBytes: total))
        var stalls = stalledAt.stream.makeAsyncIterator()
        let sent = try #require(await stalls.next())
        #expect(sent < total / 2)
        var received = 0
        for try await chunk in stream.body {
            #expect(!chunk.isEmpty && chunk.count <= 512 << 10)
            received += chunk.count
        }
        #expect(received == total)
    }

    @Test("a compressed body keeps its bytes through pauses")
    func compressedPauses() async throws {
        let url = try await testServer()
        let client = HTTPClient.direct { $0.bufferBytes = 100 }
        let stream = try await client.stream(HTTPRequest(url: url + "/gzip"))
        #expect(try await stream.body.collect() == [UInt8](repeating: 0x61, count: 100_000))
    }

    @Test("the pieces before a failure are handed out before the failure")
    func partial() async throws {
        let server = try RawServer(answering: Array((Self.chunkedHead + "3\r\none\r\n5\r\ntw").utf8))
        let stream = try await HTTPClient.direct().stream(HTTPRequest(url: server.url))
        var seen: [UInt8] = []
        let error = try await httpError { for try await chunk in stream.body { seen += chunk } }
        #expect(seen == Array("onetw".utf8))
        #expect(error.isTransient)
    }

    @Test("a second reader of one body is refused, the first goes on")
    func twoReaders() async throws {
        let goOn = DispatchSemaphore(value: 0)
        let server = try RawServer { connection in
            _ = connection.readHead()
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n")
            goOn.wait()
            connection.write("one")
        }
        let stream = try await HTTPClient.direct().stream(HTTPRequest(url: server.url))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<2 {
                group.addTask {
                    do {
                        let body = try await stream.body.collect()
                        #expect(body == Array("one".utf8))
                    } catch HTTPError.invalidRequest {
                        goOn.signal()
                    }
                }
            }
            try await group.waitForAll()
        }
    }
}
