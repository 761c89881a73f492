import Foundation
import HTTP
import HoneCore
import HoneStore
import HoneTestKit
import TestServers
import Testing

@testable import Gateway

/// A way to say who asks, for clients of sockets.
enum Proof: String, CaseIterable {
    case header, subprotocol, query

    func open(_ path: String, _ token: String, _ gateway: TestGateway) async throws -> SocketClient {
        switch self {
        case .header: try await gateway.socket(path, headers: [("Authorization", "Bearer \(token)")])
        case .subprotocol:
            try await gateway.socket(path, headers: [("Sec-WebSocket-Protocol", "hone.v1, hone.bearer.\(token)")])
        case .query: try await gateway.socket("\(path)?access_token=\(token)")
        }
    }
}

@Suite("Who may open a socket", .timeLimit(.minutes(10)))
struct SocketCallerTests {
    private static let paths = [
        "/ws/tasks", "/ws/tasks/\(TaskID.new())", "/ws/optimize/ada", "/ws/evaluate/ada", "/ws/leaderboard", "/ws/logs",
        "/ws/system",
    ]

    private func refusal(_ client: SocketClient) async throws -> String {
        #expect(client.status == 401)
        #expect(client.body["code"] == "unauthorized")
        try await eventually("the end of the connection") { client.isClosed }
        return client.head.lowercased()
    }

    @Test("a key and a token open, in each of the three ways", arguments: Proof.allCases)
    func ways(_ proof: Proof) async throws {
        try await TestGateway.open(settings: TestGateway.withAuthentication) { gateway in
            for token in [try await gateway.key(.viewer).text, try await Doorman.token()] {
                let client = try await proof.open("/ws/leaderboard", token, gateway)
                #expect(client.status == 101)
                #expect(!client.head.contains(token))
                #expect(try await client.texts(1)[0].type == "hello")
            }
        }
    }

    @Test("nobody opens any of them without a token, and is told how to bring one")
    func nobody() async throws {
        try await TestGateway.open(settings: TestGateway.withAuthentication) { gateway in
            for path in Self.paths {
                let head = try await refusal(try await gateway.socket(path))
                #expect(head.contains("www-authenticate: bearer realm=\"hone\"\r\n"), "\(path)")
            }
        }
    }

    @Test("what is wrong, has ended or was revoked opens nothing, whichever way it comes", arguments: Proof.allCases)
    func wrong(_ proof: Proof) async throws {
        try await TestGateway.open(settings: TestGateway.withAuthentication) { gateway in
            let past = Date().addingTimeInterval(-1)
            let revoked = try await gateway.key(.admin)
            _ = try await gateway.workshop.store.keys.revoke(revoked.id)
            let tokens = [
                revoked.text, try await gateway.key(.admin, expiresAt: past).text, APIKey.generate().text.exposed,
                try await Doorman.token(["exp": 1]),
                try await Doorman.token(secret: "another secret of thirty-two bytes"),
                Doorman.forged(header: #"{"alg":"none"}"#, payload: #"{"sub":"ada","role":"admin","exp":9999999999}"#),
                "nonsense",
            ]
            for token in tokens {
                let head = try await refusal(try await proof.open("/ws/tasks", token, gateway))
                #expect(head.contains("error=\"invalid_token\""))
            }
            #expect(tokens.count < 10, "the address would be locked out")
        }
    }

    @Test("the logs are for operators; the other sockets for all who are known")
    func roles() async throws {
        try await TestGateway.open(settings: TestGateway.withAuthentication) { gateway in
            for role in Role.allCases {
                let key = try await gateway.key(role).text
                let logs = try await Proof.header.open("/ws/logs", key, gateway)
                #expect(logs.status == (role < .operator ? 403 : 101), "\(role)")
                for path in ["/ws/tasks", "/ws/system", "/ws/optimize/ada"] {
                    #expect(try await Proof.header.open(path, key, gateway).status == 101, "\(role) at \(path)")
                }
            }
        }
    }

    @Test("a token in the address opens sockets alone")
    func addresses() async throws {
        try await TestGateway.open(settings: TestGateway.withAuthentication) { gateway in
            let key = try await gateway.key(.admin).text
            #expect(try await gateway.get("/api/tasks?access_token=\(key)").status == 401)
            let subprotocol = HTTPHeader("Sec-WebSocket-Protocol", "hone.bearer.\(key)")
            #expect(try await gateway.get("/api/tasks", headers: [subprotocol]).status == 401)
        }
    }

    @Test("each caller has so many sockets, whatever others have")
    func limits() async throws {
        let settings = TestGateway.withAuthentication.merging(["HONE_GATEWAY_SOCKETS_PER_KEY": "2"]) { $1 }
        try await TestGateway.open(settings: settings) { gateway in
            let (one, other) = (try await gateway.key(.viewer).text, try await gateway.key(.viewer).text)
            let first = try await Proof.header.open("/ws/tasks", one, gateway)
            #expect(try await Proof.query.open("/ws/system", one, gateway).status == 101)
            let third = try await Proof.subprotocol.open("/ws/tasks", one, gateway)
            #expect(third.status == 429 && third.body["code"] == "too_many_sockets")
            #expect(third.head.lowercased().contains("retry-after: "))
            #expect(try await Proof.header.open("/ws/tasks", other, gateway).status == 101)
            try await first.drop()
            try await eventually("the seat is free") {
                try await Proof.header.open("/ws/tasks", one, gateway).status == 101
            }
        }
    }
}
