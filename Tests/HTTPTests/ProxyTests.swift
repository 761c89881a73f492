import HTTP
import Testing

@Suite("Proxies", .timeLimit(.minutes(1)))
struct ProxyTests {
    @Test("a proxy in the options is used")
    func options() async throws {
        let proxy = try RawServer.proxy()
        let client = HTTPClient(options: HTTPClientOptions(proxy: .url(proxy.url)))
        let response = try await client.send(HTTPRequest(url: "http://upstream.invalid/x"))
        #expect(response.text == "proxy: GET http://upstream.invalid/x HTTP/1.1")
    }

    @Test("a proxy that refuses the tunnel is an error, not an answer")
    func tunnel() async throws {
        let proxy = try RawServer(answering: Array("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n".utf8))
        let client = HTTPClient(options: HTTPClientOptions(proxy: .url(proxy.url)))
        let error = try await httpError { _ = try await client.send(HTTPRequest(url: "https://upstream.invalid/x")) }
        guard case .cannotConnect("upstream.invalid", _) = error else {
            Issue.record("\(error)")
            return
        }
    }

    @Test("no error shows the proxy's password", arguments: ["http://user:s3cret@:1", "user:s3cret@127.0.0.1:x"])
    func secrets(_ url: String) async throws {
        let client = HTTPClient(options: HTTPClientOptions(proxy: .url(url)))
        let error = try await httpError { _ = try await client.send(HTTPRequest(url: "http://upstream.invalid/x")) }
        #expect(!"\(error) \(HTTPProxy.url(url))".contains("s3cret"))
    }
}
