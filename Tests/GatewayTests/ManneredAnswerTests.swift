import Foundation
import HTTP
import HoneCore
import TestServers
import Testing

@testable import Gateway

@Suite("Answers as HTTP wants them", .timeLimit(.minutes(10)))
struct ManneredAnswerTests {
    private func ask(
        _ gateway: TestGateway, _ method: String, _ path: String, _ headers: [String: String] = [:]
    ) async throws -> HTTPResponse {
        try await gateway.client.send(
            HTTPRequest(
                method: method, url: gateway.url + path,
                headers: headers.map { HTTPHeader($0.key, $0.value) }.sorted { $0.name < $1.name }))
    }

    @Test("a path that does not take the method says which it takes; OPTIONS asks; HEAD answers as GET without a body")
    func methods() async throws {
        try await TestGateway.echo { gateway in
            let wrong = try await ask(gateway, "DELETE", "/api/things/x")
            #expect(wrong.status == 405 && wrong.headers["allow"] == "GET, HEAD, OPTIONS, POST")
            #expect(try wrong.value["code"] == "method_not_allowed")
            #expect(try await ask(gateway, "PROPFIND", "/healthz").headers["allow"] == "GET, HEAD, OPTIONS")
            let options = try await ask(gateway, "OPTIONS", "/api/echo")
            #expect(options.status == 204 && options.headers["allow"] == "OPTIONS, POST")
            #expect(try await ask(gateway, "OPTIONS", "/api/nowhere").status == 404)
            let (get, head) = (
                try await ask(gateway, "GET", "/api/large"), try await ask(gateway, "HEAD", "/api/large")
            )
            #expect(head.status == 200 && head.body.isEmpty)
            #expect(
                head.headers["content-length"] == "\(get.body.count)" && head.headers["etag"] == get.headers["etag"])
        }
    }

    @Test("Accept that excludes JSON is 406, but where the route answers something else")
    func accept() async throws {
        try await TestGateway.echo { gateway in
            for accept in ["text/html", "application/json;q=0", "*/*, application/json; q=0", "image/*", "nonsense"] {
                let answer = try await ask(gateway, "GET", "/api/large", ["Accept": accept])
                #expect(answer.status == 406, "\(accept)")
                #expect(answer.headers["content-type"] == "application/problem+json")
            }
            for accept in [
                "application/json", "*/*", "text/html, */*;q=0.1", "application/*", "APPLICATION/JSON;q=0.5",
            ] {
                #expect(try await ask(gateway, "GET", "/api/large", ["Accept": accept]).status == 200, "\(accept)")
            }
            let events = "/api/things/x/events"
            #expect(try await ask(gateway, "GET", events, ["Accept": "text/event-stream"]).status == 200)
            #expect(try await ask(gateway, "GET", events, ["Accept": "application/json"]).status == 406)
            #expect(try await ask(gateway, "GET", Doorman.path, ["Accept": "text/csv"]).status == 200)
            #expect(try await ask(gateway, "GET", "/metrics", ["Accept": "text/plain"]).status == 200)
        }
    }

    @Test("what the caller has already is not sent again")
    func revalidation() async throws {
        try await TestGateway.echo { gateway in
            let first = try await ask(gateway, "GET", "/api/things/a")
            let tag = try #require(first.headers["etag"])
            #expect(first.headers["cache-control"] == "private, no-cache")
            for known in [tag, "\"x\", \(tag)", "*", String(tag.dropFirst(2))] {
                let again = try await ask(gateway, "GET", "/api/things/a", ["If-None-Match": known])
                #expect(again.status == 304 && again.body.isEmpty && again.headers["etag"] == tag, "\(known)")
            }
            #expect(try await ask(gateway, "GET", "/api/things/b", ["If-None-Match": tag]).status == 200)
            #expect(try await ask(gateway, "HEAD", "/api/things/a", ["If-None-Match": tag]).status == 304)
            let wire = try await gateway.raw(
                "GET /api/things/a HTTP/1.1\r\nHost: localhost\r\nIf-None-Match: *\r\nConnection: close\r\n\r\n")
            #expect(TestGateway.code(wire) == 304 && wire.hasSuffix("\r\n\r\n"))
        }
    }

    @Test("long JSON is gzipped for those who take it; short answers, streams and HEAD are not")
    func compression() async throws {
        try await TestGateway.echo { gateway in
            let plain = try await ask(gateway, "GET", "/api/large", ["Accept-Encoding": "identity"])
            #expect(plain.headers["content-encoding"] == nil && plain.headers["vary"] == "Accept-Encoding")
            func raw(_ method: String, _ path: String) async throws -> String {
                let socket = try RawSocket(port: gateway.port)
                socket.send(
                    "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n"
                )
                return try await socket.receive().lowercased()
            }
            let zipped = try await raw("GET", "/api/large")
            #expect(zipped.contains("content-encoding: gzip") && zipped.utf8.count < plain.body.count)
            let whole = try await ask(gateway, "GET", "/api/large", ["Accept-Encoding": "gzip"])
            #expect(whole.body == plain.body && whole.headers["etag"] == plain.headers["etag"])
            for (method, path) in [("GET", "/api/things/x"), ("GET", "/api/things/x/events"), ("HEAD", "/api/large")] {
                let answer = try await raw(method, path)
                #expect(answer.hasPrefix("http/1.1 200") && !answer.contains("content-encoding"), "\(method) \(path)")
                #expect(!answer.contains("hone-head-answer"))
            }
        }
    }

    @Test("pages of named origins may call; others are told nothing")
    func crossOrigin() async throws {
        let origins = ["HONE_CORS_ORIGINS": "https://ui.example, http://localhost:3000"]
        try await TestGateway.echo(settings: origins) { gateway in
            let ours = ["Origin": "https://ui.example"]
            let answer = try await ask(gateway, "GET", "/api/things/x", ours)
            #expect(answer.headers["access-control-allow-origin"] == "https://ui.example")
            #expect(answer.headers["vary"] == "Origin")
            #expect(answer.headers["access-control-expose-headers"]?.contains("ETag") == true)
            let problem = try await ask(gateway, "GET", "/api/nowhere", ours)
            #expect(problem.status == 404 && problem.headers["access-control-allow-origin"] == "https://ui.example")
            let asked = ours.merging(["Access-Control-Request-Method": "POST"]) { $1 }
            let preflight = try await ask(gateway, "OPTIONS", "/api/echo", asked)
            #expect(preflight.status == 204)
            #expect(preflight.headers["access-control-allow-methods"]?.contains("POST") == true)
            #expect(preflight.headers["access-control-allow-headers"]?.contains("Authorization") == true)
            for origin in ["https://ui.example.evil", "http://ui.example", "null"] {
                let foreign = try await ask(gateway, "GET", "/api/things/x", ["Origin": origin])
                #expect(foreign.status == 200 && foreign.headers["access-control-allow-origin"] == nil, "\(origin)")
            }
        }
    }

    @Test("without authentication, pages of other origins change nothing, and other names of ours are not answered to")
    func foreignPages() async throws {
        try await TestGateway.echo { gateway async throws in
            let path = "/api/things/x"
            #expect(try await ask(gateway, "POST", path, ["Origin": "https://evil.example"]).status == 403)
            #expect(try await ask(gateway, "POST", path, ["Origin": gateway.url]).status == 201)
            #expect(try await ask(gateway, "GET", path, ["Host": "evil.example"]).status == 403)
            for host in ["localhost:1", "127.0.0.1", "[::1]:80", "hone.localhost"] {
                #expect(try await ask(gateway, "GET", path, ["Host": host]).status == 200, "\(host)")
            }
        }
    }

    @Test("a request keeps its own id where it may stand in a log, and is counted by its route")
    func observed() async throws {
        try await TestGateway.echo { gateway in
            let named = try await ask(gateway, "GET", "/api/things/secret-1", ["X-Request-ID": "abc-1.2_3"])
            #expect(named.headers["x-request-id"] == "abc-1.2_3")
            let odd = try await ask(gateway, "GET", "/api/things/secret-2", ["X-Request-ID": "a b"])
            #expect(odd.headers["x-request-id"] != "a b" && odd.headers["x-request-id"]?.isEmpty == false)
            _ = try await ask(gateway, "GET", "/nowhere-3")
            let page = try await ask(gateway, "GET", "/metrics")
            #expect(page.headers["content-type"]?.hasPrefix("text/plain; version=0.0.4") == true)
            let text = String(decoding: page.body, as: UTF8.self)
            #expect(
                text.contains(#"hone_http_requests_total{method="GET",route="/api/things/{name}",status="200"} 2"#),
                "\(text)")
            #expect(text.contains("hone_http_request_duration_seconds_bucket"))
            #expect(!text.contains("secret-") && !text.contains("nowhere-3"))
        }
    }

    @Test("health and readiness are open to all, and say nothing of our insides")
    func ops() async throws {
        try await TestGateway.open(settings: TestGateway.withAuthentication) { gateway in
            #expect(try await gateway.get("/healthz").status == 200)
            try await eventually("it is ready") { try await gateway.get("/readyz").status == 200 }
            #expect(try await gateway.get("/metrics").status == 200)
            #expect(try await gateway.get("/healthz", headers: [.bearer("nonsense")]).status == 200)
        }
    }
}
