import Foundation
import HTTP
import Testing

@Suite("TLS and HTTP/2", .timeLimit(.minutes(1)))
struct HTTP2Tests {
    /// Retries while the server's process is still starting.
    private func send(_ client: HTTPClient, to server: HTTP2Server) async throws -> HTTPResponse {
        let deadline = ContinuousClock.now + .seconds(10)
        while true {
            do {
                return try await client.send(HTTPRequest(url: server.url))
            } catch HTTPError.cannotConnect where ContinuousClock.now < deadline {
                try await Task.sleep(for: .milliseconds(20))
            }
        }
    }

    @Test("HTTP/2 is agreed on by ALPN and carries the answer")
    func http2() async throws {
        let server = try await HTTP2Server()
        let client = HTTPClient.direct { $0.certificateAuthorities = server.certificate }
        let response = try await send(client, to: server)
        #expect(response.httpVersion == "2" && response.status == 200)
        #expect(response.text == "over HTTP/2")
    }

    @Test("a certificate that nobody vouches for is refused")
    func untrusted() async throws {
        let server = try await HTTP2Server()
        let client = HTTPClient.direct()
        let error = try await httpError { _ = try await send(client, to: server) }
        guard case .tls(server.host, _) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(!error.isTransient)
    }

    @Test("a connection that breaks during the handshake may be tried again")
    func brokenHandshake() async throws {
        let server = try RawServer { connection in _ = connection.read(5) }
        let error = try await httpError {
            _ = try await HTTPClient.direct().send(HTTPRequest(url: "https://127.0.0.1:\(server.port)"))
        }
        guard case .connectionLost = error else {
            Issue.record("\(error)")
            return
        }
    }
}
