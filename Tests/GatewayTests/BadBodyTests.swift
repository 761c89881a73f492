import Foundation
import HTTP
import HoneCore
import HoneStore
import HoneTestKit
import TestServers
import Testing

@testable import Gateway

@Suite("What a bad body or address gets", .timeLimit(.minutes(10)))
struct BadBodyTests {
    private static let deep = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)

    @Test(
        "JSON that cannot be read is 400, and says why",
        arguments: [
            "", "{", "nonsense", "{\"a\":1", "{\"a\":NaN}", "[1,]", "{\"a\":1,\"a\":2}",
            "{\"b\":[{\"a\":1,\"\\u0061\":2}]}",
            "{\"a\":01}", "'x'", "\u{FEFF}\u{FEFF}{}", "{\"a\":\"\\ud800\"}", "{} {}", "{\"a\":Infinity}", "\"\\x\"",
            deep,
        ])
    func unreadable(text: String) async throws {
        try await TestGateway.echo { gateway in
            let answer = try await gateway.postText("/api/echo", Array(text.utf8))
            #expect(answer.status == 400, "\(text.prefix(60)): \(answer.status)")
            #expect(try answer.value["code"] == "malformed_request")
        }
    }

    @Test("text that is not UTF-8 is 400, whatever encoding it is in")
    func encodings() async throws {
        try await TestGateway.echo { gateway async throws in
            let utf16 = Array("{\"a\":1}".data(using: .utf16LittleEndian) ?? Data())
            for bytes in [[0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], utf16]
                as [[UInt8]]
            {
                #expect(try await gateway.postText("/api/echo", bytes).status == 400, "\(bytes)")
            }
        }
    }

    @Test("the character zero is 422 and names its field; what only looks like it is text")
    func zero() async throws {
        try await TestGateway.echo { gateway in
            let answer = try await gateway.postText("/api/echo", Array(#"{"a":[{"b":"x\u0000"}]}"#.utf8))
            #expect(answer.status == 422)
            #expect(try answer.value["errors"]?[0]?["field"] == "a[0].b")
            let fine = try await gateway.postText("/api/echo", Array(#"{"a":"\\u0000"}"#.utf8))
            #expect(fine.status == 200)
            #expect(try fine.value["a"] == #"\u0000"#)
        }
    }

    @Test("a body that is too large is 413, whether it says so or not; one that just fits is taken")
    func size() async throws {
        try await TestGateway.echo(settings: ["HONE_MAX_REQUEST_BYTES": "2000"]) { gateway in
            let fits = Array(("\"" + String(repeating: "x", count: 1_998) + "\"").utf8)
            #expect(try await gateway.postText("/api/echo", fits).status == 200)
            let large = try await gateway.postText("/api/echo", fits + [0x20])
            #expect(large.status == 413)
            #expect(try large.value["code"] == "too_large")
            let chunk = "400\r\n" + String(repeating: "x", count: 1_024) + "\r\n"
            let answer = try await gateway.raw(
                "POST /api/echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n" + chunk + chunk + chunk + "0\r\n\r\n")
            #expect(TestGateway.code(answer) == 413, "\(answer.prefix(300))")
        }
    }

    @Test("a body that is not called JSON is 415", arguments: ["text/plain", "application/xml", "", "json"])
    func media(type: String) async throws {
        try await TestGateway.echo { gateway in
            #expect(try await gateway.postText("/api/echo", Array("{}".utf8), type: type).status == 415)
            let named = try await gateway.postText(
                "/api/echo", Array("{}".utf8), type: "Application/JSON; charset=utf-8")
            #expect(named.status == 200)
        }
    }

    @Test("a body in a coding is 415, and the answer says which is taken")
    func coding() async throws {
        try await TestGateway.echo { gateway in
            func send(_ coding: String) async throws -> HTTPResponse {
                try await gateway.postText(
                    "/api/echo", Array("{}".utf8), headers: [HTTPHeader("Content-Encoding", coding)])
            }
            let refused = try await send("gzip")
            #expect(refused.status == 415 && refused.headers["accept-encoding"] == "identity")
            #expect(try await send("Identity").status == 200)
        }
    }

    @Test(
        "addresses that mean no text are refused",
        arguments: [
            ("/api/things/%", 400), ("/api/things/%zz", 400), ("/api/things/%ff", 400), ("/api/things/%00", 400),
            ("/api/large?x=%", 400), ("/api/large?x=%c0%80", 400), ("/api/large?name=a%00b", 422),
            ("/api/large?%00", 422), ("/api/things/" + String(repeating: "a", count: 20_000), 414),
            ("/api/things/%E2%82%AC", 200), ("/api/things/a%2Fb", 200), ("/api/large/", 200), ("/../etc/passwd", 404),
        ])
    func addresses(path: String, status: Int) async throws {
        try await TestGateway.echo { gateway in
            let answer = try await gateway.raw("GET \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            #expect(TestGateway.code(answer) == status, "\(answer.prefix(300))")
        }
    }

    @Test("SQL and script in every place are text, and come back as such")
    func injection() async throws {
        try await TestGateway.echo { gateway in
            for text in [
                "'; drop table agents; --", "<script>alert(1)</script>", "${jndi:ldap://x}", "\u{202E}x", "%s%n",
            ] {
                let answer = try await gateway.post(
                    "/api/echo", ["a": text], headers: [HTTPHeader("Idempotency-Key", "k\(text.count)")])
                #expect(try answer.value["a"]?.string == text)
                #expect(answer.headers["content-type"]?.hasPrefix("application/json") == true)
                #expect(answer.headers["x-content-type-options"] == "nosniff")
            }
            #expect(try await gateway.workshop.store.agents.all().isEmpty == false)
        }
    }

    @Test("a fault of ours tells nothing of our insides")
    func fault() async throws {
        try await TestGateway.echo { gateway in
            let answer = try await gateway.post("/api/things/fault", [String: String]())
            #expect(answer.status == 500)
            #expect(try answer.value["detail"] == "Something went wrong on our side.")
            #expect(answer.headers["x-request-id"]?.isEmpty == false)
        }
    }
}
