import Foundation
import HoneCore
import HoneStore
import HoneTestKit
import Postgres
import TestServers
import Testing

@testable import Gateway

@Suite("When a caller's right to a socket ends", .timeLimit(.minutes(10)))
struct SocketEndTests {
    /// The code and the reason with which a socket was closed.
    private func end(of client: SocketClient) async throws -> (code: Int, reason: String) {
        let code = try await client.closeCode()
        return (code, String(decoding: try await client.frame(8).payload.dropFirst(2), as: UTF8.self))
    }

    /// Whether the gateway still answers on a socket.
    private func lives(_ client: SocketClient) async throws -> Bool {
        try await client.send(9, [42])
        return try await client.frame(10).payload == [42] && !client.frames.contains { $0.opcode == 8 }
    }

    @Test(
        "a key that is revoked, or deleted, loses its sockets within seconds; others keep theirs",
        arguments: [true, false])
    func revoked(isDeleted: Bool) async throws {
        try await TestGateway.open(settings: TestGateway.withAuthentication) { gateway in
            let (ended, other) = (try await gateway.key(.operator), try await gateway.key(.operator))
            let sockets = [
                try await Proof.header.open("/ws/tasks", ended.text, gateway),
                try await Proof.query.open("/ws/logs", ended.text, gateway),
                try await Proof.subprotocol.open("/ws/system", ended.text, gateway),
            ]
            let kept = [
                try await Proof.header.open("/ws/tasks", other.text, gateway),
                try await Proof.header.open("/ws/tasks", try await Doorman.token(), gateway),
            ]
            for socket in sockets + kept { _ = try await socket.texts(1) }
            if isDeleted {
                try await gateway.workshop.database.pool.run("delete from api_keys where id = \(ended.id)::uuid")
            } else {
                _ = try await gateway.workshop.store.keys.revoke(ended.id)
            }
            for socket in sockets { #expect(try await end(of: socket) == (1008, "the key was revoked")) }
            for socket in kept { #expect(try await lives(socket)) }
            #expect(try await Proof.header.open("/ws/tasks", ended.text, gateway).status == 401)
        }
    }

    @Test("a key and a token lose their sockets when they expire, with the leeway that tokens have; others keep theirs")
    func expired() async throws {
        try await TestGateway.open(settings: TestGateway.withAuthentication) { gateway in
            let soon = Date(timeIntervalSince1970: (Date().timeIntervalSince1970 + 4).rounded())
            let exp = Int64(soon.timeIntervalSince1970 - TokenRules.leeway)
            let ending = [
                try await gateway.key(.viewer, expiresAt: soon).text, try await Doorman.token(["exp": .integer(exp)]),
            ]
            let lasting = [
                try await gateway.key(.viewer).text, try await gateway.key(.viewer, expiresAt: .distantFuture).text,
                try await Doorman.token(["exp": 1e300]),
            ]
            var sockets: [SocketClient] = []
            for token in ending + lasting { sockets.append(try await Proof.header.open("/ws/tasks", token, gateway)) }
            for socket in sockets { _ = try await socket.texts(1) }
            for socket in sockets.prefix(2) {
                #expect(try await end(of: socket) == (1008, "the key or token has expired"))
                #expect(Date() > soon)
            }
            for socket in sockets.dropFirst(2) { #expect(try await lives(socket)) }
        }
    }
}
