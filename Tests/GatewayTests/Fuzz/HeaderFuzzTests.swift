import HTTPTypes
import HoneCore
import Hummingbird
import Testing

@testable import Gateway

@Suite("Heads that were tampered with")
struct HeaderFuzzTests {
    private static let cases = 1_000

    @Test("a query is read or its parameter named", arguments: FuzzSource.seeds)
    func queries(seed: UInt64) {
        var source = FuzzSource(seed: seed)
        for _ in 0..<Self.cases {
            let query = Query(request("/api/tasks?limit=\(source.text())&\(source.text())&status=\(source.text())"))
            do {
                #expect((1...500).contains(try query.limit()))
                _ = try query.taskFilter()
            } catch {
                #expect(["limit", "status", "category", "agent_id", "since", "until"].contains(error.path))
                #expect(!error.expected.isEmpty)
            }
        }
    }

    @Test("what stands beside hides neither what is accepted nor a tag that is known", arguments: FuzzSource.seeds)
    func lists(seed: UInt64) {
        var source = FuzzSource(seed: seed)
        for _ in 0..<Self.cases {
            let noise = source.text().replacing("application/json", with: "")
            #expect(Negotiation.accepts("\(noise), application/json", oneOf: ["application/json"]))
            #expect(!Negotiation.accepts("application/json;q=0, */*", oneOf: ["application/json"]))
            #expect(EntityTag.matches("\(source.text()), W/\"abc\"", "W/\"abc\""))
            #expect(!EntityTag.matches("\"\(noise.replacing("*", with: ""))x\"", "W/\"abc\""))
        }
    }

    @Test("only keys of our make are taken for keys", arguments: FuzzSource.seeds)
    func keys(seed: UInt64) throws {
        var source = FuzzSource(seed: seed)
        for _ in 0..<Self.cases {
            let key = APIKey.generate()
            #expect(APIKey(key.text.exposed)?.prefix == key.prefix)
            let text = source.chance(0.5) ? "hone_" + source.text() : key.text.exposed + source.text(1...4)
            if let taken = APIKey(text) { #expect(taken.text.exposed == text && text.hasPrefix("hone_")) }
        }
    }

    @Test("a handshake is answered or refused, whatever its headers", arguments: FuzzSource.seeds)
    func handshakes(seed: UInt64) {
        var source = FuzzSource(seed: seed)
        let names: [HTTPField.Name] = [
            .upgrade, .connection, .secWebSocketKey, .secWebSocketVersion, .secWebSocketProtocol, .authorization,
        ]
        for _ in 0..<Self.cases {
            var headers: HTTPFields = [
                .upgrade: "websocket", .connection: "keep-alive, Upgrade", .secWebSocketVersion: "13",
                .secWebSocketKey: "dGhlIHNhbXBsZSBub25jZQ==",
            ]
            headers[source.pick(names)] = source.text()
            let request = request("/ws/tasks?after=\(source.text())&access_token=\(source.text())", headers)
            _ = Credentials.token(of: request)
            do {
                #expect(try Handshake(request).answer[.secWebSocketAccept] != nil)
            } catch {
                #expect((error as? Problem).map { [400, 426].contains($0.status.code) } == true, "\(error)")
            }
        }
    }

    private func request(_ path: String, _ headers: HTTPFields = [:]) -> Request {
        let head = HTTPRequest(method: .get, scheme: "http", authority: "localhost", path: path, headerFields: headers)
        return Request(head: head, body: RequestBody(buffer: ByteBuffer()))
    }
}
