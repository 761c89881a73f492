import Foundation
import HTTP
import Testing

@Suite("Time-outs", .timeLimit(.minutes(1)))
struct TimeoutTests {
    private func phase(_ url: String, _ timeouts: HTTPTimeouts) async throws -> HTTPError.Phase? {
        let error = try await httpError {
            _ = try await HTTPClient.direct().send(HTTPRequest(url: url, timeouts: timeouts))
        }
        #expect(error.isTransient)
        guard case .timedOut(let phase, let host) = error else { return nil }
        #expect(url.hasSuffix(host))
        return phase
    }

    @Test("a server that never shakes hands is a connect time-out")
    func connect() async throws {
        let server = try RawServer { $0.waitForClose() }
        let url = "https://127.0.0.1:\(server.port)"
        #expect(try await phase(url, HTTPTimeouts(connect: .milliseconds(200))) == .connect)
    }

    @Test("a server that falls silent is an idle time-out", arguments: [false, true])
    func idle(afterHeaders: Bool) async throws {
        let server = try RawServer { connection in
            _ = connection.readHead()
            if afterHeaders { connection.write("HTTP/1.1 200 OK\r\n\r\nfirst") }
            connection.waitForClose()
        }
        let began = ContinuousClock.now
        #expect(try await phase(server.url, HTTPTimeouts(idle: .milliseconds(300))) == .idle)
        #expect(began.duration(to: .now) >= .milliseconds(300))
    }

    private func drip(_ pieces: Int) throws -> RawServer {
        try RawServer { connection in
            _ = connection.readHead()
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: \(pieces)\r\n\r\n")
            for _ in 0..<pieces {
                Thread.sleep(forTimeInterval: 0.1)
                guard connection.write("x") else { return }
            }
        }
    }

    @Test("a server that drips is not idle")
    func slow() async throws {
        let server = try drip(15)
        let request = HTTPRequest(url: server.url, timeouts: HTTPTimeouts(idle: .seconds(1)))
        #expect(try await HTTPClient.direct().send(request).body.count == 15)
    }

    @Test("a server that drips for ever meets the total time-out")
    func total() async throws {
        let server = try drip(10_000)
        #expect(try await phase(server.url, HTTPTimeouts(total: .milliseconds(500), idle: .seconds(5))) == .total)
    }

    @Test("the time in which our own reader keeps the server waiting does not count as idle")
    func ownPause() async throws {
        let total = 32 << 20
        let stalled = Signal()
        let server = try RawServer { connection in
            _ = connection.readHead()
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: \(total)\r\n\r\n")
            for _ in 0..<total >> 16 {
                // Four idle times without taking a byte.
                if !connection.isWritable(withinMilliseconds: 2_000) { stalled.fire() }
                guard connection.write([UInt8](repeating: 0, count: 1 << 16)) else { return }
            }
        }
        let stream = try await HTTPClient.direct().stream(
            HTTPRequest(url: server.url, timeouts: HTTPTimeouts(idle: .milliseconds(500)), maximumBodyBytes: total))
        try await stalled.wait()
        #expect(try await stream.body.collect().count == total)
    }

    @Test("a body that goes out slowly is not idle")
    func slowUpload() async throws {
        let (piece, pieces) = (512 << 10, 64)
        let server = try RawServer { connection in
            _ = connection.readHead()
            for _ in 0..<pieces {
                guard connection.read(piece) != nil else { return }
                Thread.sleep(forTimeInterval: 0.04)
            }
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        }
        let request = HTTPRequest(
            method: "POST", url: server.url, body: [UInt8](repeating: 0, count: piece * pieces),
            timeouts: HTTPTimeouts(idle: .milliseconds(1_200)))
        let began = ContinuousClock.now
        #expect(try await HTTPClient.direct().send(request).status == 200)
        #expect(began.duration(to: .now) > .milliseconds(2_000))
    }
}
