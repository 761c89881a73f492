import Foundation
import HTTP
import Testing

@Suite("An exchange with a good server", .timeLimit(.minutes(1)))
struct ExchangeTests {
    private struct Point: Codable, Equatable { var x = 1, path = "a/b" }

    @Test("the answer has status, headers in any case, and body")
    func get() async throws {
        let url = try await testServer()
        let response = try await HTTPClient.direct().send(HTTPRequest(url: url + "/hello"))
        #expect(response.status == 200 && response.isSuccess && response.httpVersion == "1.1")
        #expect(response.text == "hello")
        #expect(response.headers["CONTENT-length"] == "5")
        #expect(response.headers["nothing"] == nil)
    }

    @Test("any status is an answer, not an error", arguments: [204, 302, 401, 404, 429, 500])
    func statuses(_ status: Int) async throws {
        let url = try await testServer()
        let response = try await HTTPClient.direct().send(HTTPRequest(url: "\(url)/status/\(status)"))
        #expect(response.status == status)
        #expect(response.isSuccess == (status == 204))
    }

    @Test("a JSON body goes out and comes back")
    func json() async throws {
        let url = try await testServer()
        let request = try HTTPRequest.json("POST", url + "/echo", body: Point())
        let response = try await HTTPClient.direct().send(request)
        #expect(try response.json(Point.self) == Point())
        #expect(response.text.contains("a/b"))
        #expect(response.headers["seen-content-type"] == "application/json")
        #expect(response.headers["seen-expect"] == nil)
    }

    @Test(
        "every method arrives as itself, with a body or without", arguments: ["GET", "POST", "PUT", "PATCH", "DELETE"])
    func methods(_ method: String) async throws {
        let url = try await testServer()
        let client = HTTPClient.direct()
        for body in [nil, [], Array("body".utf8)] as [[UInt8]?] {
            let response = try await client.send(HTTPRequest(method: method, url: url + "/echo", body: body))
            #expect(response.headers["seen-method"] == method)
            #expect(response.body == body ?? [])
            #expect(response.headers["seen-content-type"] == nil)
        }
    }

    @Test("HEAD has no body to wait for")
    func head() async throws {
        let url = try await testServer()
        let response = try await HTTPClient.direct().send(HTTPRequest(method: "HEAD", url: url + "/echo"))
        #expect(response.headers["seen-method"] == "HEAD" && response.body.isEmpty)
    }

    @Test("headers arrive as given, even empty or twice")
    func headers() async throws {
        let url = try await testServer()
        let headers = [
            HTTPHeader("X-One", "a"), HTTPHeader("X-One", "b"), HTTPHeader(name: "X-Empty", value: ""),
            HTTPHeader("User-Agent", "mine"),
        ]
        let response = try await HTTPClient.direct().send(HTTPRequest(url: url + "/echo", headers: headers))
        #expect(response.headers.values(of: "seen-x-one") == ["a", "b"])
        #expect(response.headers["seen-x-empty"] == "(empty)")
        #expect(response.headers["seen-user-agent"] == "mine")
    }

    @Test("a compressed body is asked for and comes out unpacked")
    func compression() async throws {
        let url = try await testServer()
        let response = try await HTTPClient.direct().send(HTTPRequest(url: url + "/gzip"))
        #expect(response.body == [UInt8](repeating: 0x61, count: 100_000))
        let asked = try await HTTPClient.direct().send(HTTPRequest(url: url + "/echo"))
        #expect(asked.headers["seen-accept-encoding"]?.contains("gzip") == true)
        #expect(asked.headers["seen-accept-encoding"]?.contains("deflate") == true)
    }

    @Test("a large body survives the way there and back")
    func large() async throws {
        let url = try await testServer()
        let body = (0..<8 << 20).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
        let response = try await HTTPClient.direct().send(
            HTTPRequest(method: "POST", url: url + "/echo", body: body))
        #expect(response.body == body)
    }
}
