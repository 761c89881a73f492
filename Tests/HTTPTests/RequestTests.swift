import Foundation
import HTTP
import Testing

@Suite("A request", .timeLimit(.minutes(1)))
struct RequestTests {
    static let unsendable = [
        HTTPRequest(url: ""),
        HTTPRequest(url: "/relative"),
        HTTPRequest(url: "127.0.0.1:80/x"),
        HTTPRequest(url: "ftp://127.0.0.1/x"),
        HTTPRequest(url: "file:///etc/passwd"),
        HTTPRequest(url: "http://127.0.0.1:99999/"),
        HTTPRequest(url: "http://127.0.0.1/a b"),
        HTTPRequest(url: "http://127.0.0.1/\r\nX: y"),
        HTTPRequest(url: "http://127.0.0.1/\0"),
        HTTPRequest(method: "", url: "http://127.0.0.1"),
        HTTPRequest(method: "GET / HTTP/1.1\r\n", url: "http://127.0.0.1"),
        HTTPRequest(url: "http://127.0.0.1", headers: [HTTPHeader("a:b", "c")]),
        HTTPRequest(url: "http://127.0.0.1", headers: [HTTPHeader("a", "c\r\nx: y")]),
        HTTPRequest(url: "http://127.0.0.1", headers: [HTTPHeader("a", "c\0")]),
    ]

    @Test("one that cannot be sent safely is refused before anything is sent", arguments: unsendable)
    func refusals(_ request: HTTPRequest) async throws {
        let error = try await httpError { _ = try await HTTPClient.direct().send(request) }
        guard case .invalidRequest = error else {
            Issue.record("\(error)")
            return
        }
        #expect(!error.isTransient)
    }

    @Test("no error and no description shows a secret")
    func secrets() async throws {
        let half = try RawServer(answering: Array("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf".utf8))
        let silent = try RawServer { $0.waitForClose() }
        let looping = try RawServer(
            answering: Array("HTTP/1.1 302 Found\r\nLocation: /?key=s3cret\r\nContent-Length: 0\r\n\r\n".utf8))
        let ports = [half.port, silent.port, looping.port, try RawServer.freePort()]
        var shown: [String] = []
        for scheme in ["http", "https", "ftp", "http "] {
            for port in ports {
                var request = HTTPRequest(
                    url: "\(scheme)://user:s3cret@127.0.0.1:\(port)/path?key=s3cret#s3cret",
                    headers: [HTTPHeader("Authorization", "Bearer s3cret")], body: Array("s3cret".utf8),
                    timeouts: HTTPTimeouts(connect: .milliseconds(200), idle: .milliseconds(200)), maximumRedirects: 2)
                shown += ["\(request)", String(reflecting: request), "\(request.headers)"]
                request.headers.append(HTTPHeader("X-Key", "s3cret\n"))
                for sent in [request, HTTPRequest(url: request.url, timeouts: request.timeouts, maximumRedirects: 2)] {
                    let error = try await httpError { _ = try await HTTPClient.direct().send(sent) }
                    shown += ["\(error)", String(reflecting: error), error.localizedDescription]
                }
            }
        }
        #expect(shown.count == 144)
        for text in shown { #expect(!text.contains("s3cret"), "\(text)") }
        #expect("\(HTTPProxy.url("http://user:s3cret@proxy:1/"))" == "http://proxy:1/")
    }

    @Test("its description says what is asked of whom")
    func description() {
        #expect(
            "\(HTTPRequest(method: "PUT", url: "https://u:p@Example.org:8443/a/b?c=d"))"
                == "PUT https://Example.org:8443/a/b")
    }
}
