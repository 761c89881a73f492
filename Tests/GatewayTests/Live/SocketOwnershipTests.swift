import Foundation
import HTTP
import HoneCore
import HoneStore
import HoneTestKit
import TestServers
import Testing

@testable import Gateway

@Suite("Whose tasks sockets show", .timeLimit(.minutes(10)))
struct SocketOwnershipTests {
    private struct Scene {
        let gateway: TestGateway
        let keys: [Role: String]
        /// A second publisher.
        let other: String
        /// Of the first publisher, of the second, and of nobody.
        let mine: TaskID
        let theirs: TaskID
        let nobodys: TaskID

        func open(_ path: String, _ token: String?) async throws -> SocketClient {
            try await gateway.socket(path, headers: token.map { [("Authorization", "Bearer \($0)")] } ?? [])
        }

        /// Says something in each of the three, and ends with the first.
        func talk() async throws {
            for task in [theirs, nobodys, mine] { try await gateway.tell(task, "secret of \(task)") }
        }
    }

    private func withScene(
        on bus: WorkshopBusKind = .memory, settings: [String: String] = [:],
        _ body: @Sendable @escaping (Scene) async throws -> Void
    ) async throws {
        let settings = TestGateway.withAuthentication.merging(settings) { $1 }
        try await TestGateway.open(on: bus, settings: settings) { gateway in
            var keys: [Role: String] = [:]
            for role in Role.allCases { keys[role] = try await gateway.key(role).text }
            let other = try await gateway.key(.publisher).text
            func submit(_ key: String?) async throws -> TaskID {
                try await gateway.submitted(["input": "secret"], [.bearer(try #require(key))])
            }
            let scene = Scene(
                gateway: gateway, keys: keys, other: other, mine: try await submit(keys[.publisher]),
                theirs: try await submit(other), nobodys: try await gateway.task())
            try await body(scene)
        }
    }

    @Test("a publisher's socket of all tasks shows its own, from the snapshot on", arguments: WorkshopBusKind.allCases)
    func publishers(_ bus: WorkshopBusKind) async throws {
        try await withScene(on: bus) { scene in
            let client = try await scene.open("/ws/tasks", scene.keys[.publisher])
            let hello = try await client.texts(1)[0]
            let shown = hello.json["data"]?["snapshot"]?["tasks"]?.array?.map { $0["task_id"]?.string }
            #expect(shown == ["\(scene.mine)"])
            try await scene.talk()
            #expect(try await client.texts(2).messages == ["secret of \(scene.mine)"])

            let place = try #require(hello.id)
            let again = try await scene.open("/ws/tasks?after=\(place)", scene.keys[.publisher])
            #expect(try await again.texts(2).messages == ["secret of \(scene.mine)"])
            try await scene.gateway.tell(scene.theirs, "more")
            try await scene.gateway.tell(scene.mine, "last")
            for client in [client, again] {
                #expect(try await client.texts(3).messages == ["secret of \(scene.mine)", "last"])
            }
        }
    }

    @Test("what happens to its tasks while nobody is connected awaits a publisher who comes back")
    func comingBack() async throws {
        try await withScene(settings: ["HONE_GATEWAY_SOCKETS": "1"]) { scene in
            let client = try await scene.open("/ws/tasks", scene.keys[.publisher])
            let place = try #require(try await client.texts(1)[0].id)
            try await client.drop()
            // The only seat, so whoever gets it shows that nobody follows tasks any more.
            var other: SocketClient?
            try await eventually("the seat is free") {
                other = try await scene.open("/ws/system", scene.keys[.viewer])
                return other?.status == 101
            }
            try await scene.talk()
            try await other?.drop()
            try await eventually("it is free again") {
                let again = try await scene.open("/ws/tasks?after=\(place)", scene.keys[.publisher])
                guard again.status == 101 else { return false }
                #expect(try await again.texts(2).messages == ["secret of \(scene.mine)"])
                return true
            }
        }
    }

    @Test("a task of another is not there for a publisher, and a task of nobody neither")
    func strangers() async throws {
        try await withScene { scene in
            for (task, key) in [(scene.theirs, scene.keys[.publisher]), (scene.mine, scene.other)] {
                let client = try await scene.open("/ws/tasks/\(task)", key)
                #expect(client.status == 404)
                #expect(client.body["code"] == "not_found")
            }
            #expect(try await scene.open("/ws/tasks/\(scene.nobodys)", scene.other).status == 404)
            let own = try await scene.open("/ws/tasks/\(scene.mine)?after=0", scene.keys[.publisher])
            try await scene.talk()
            #expect(try await own.texts(2).messages == ["secret of \(scene.mine)"])
        }
    }

    @Test("a viewer sees that tasks move and nothing that is said, live and looking back")
    func viewers() async throws {
        try await withScene { scene in
            let viewer = scene.keys[.viewer]
            let all = try await scene.open("/ws/tasks", viewer)
            let one = try await scene.open("/ws/tasks/\(scene.mine)", viewer)
            _ = (try await all.texts(1), try await one.texts(1))
            try await scene.talk()
            _ = (try await all.texts(4), try await one.texts(2))
            let back = try await scene.open("/ws/tasks?after=\(try #require(all.texts[0].id))", viewer)
            _ = try await back.texts(4)
            for client in [all, one, back] {
                let said = client.texts.map { String(decoding: $0.payload, as: UTF8.self) }
                #expect(!said.contains { $0.contains("secret") }, "\(said)")
                #expect(client.texts.dropFirst().allSatisfy { $0.type == "token" })
            }
        }
    }

    @Test("operators and who is above them see everything", arguments: [Role.operator, .approver, .admin])
    func operators(_ role: Role) async throws {
        try await withScene { scene in
            let client = try await scene.open("/ws/tasks", scene.keys[role])
            #expect(try await client.texts(1)[0].json["data"]?["snapshot"]?["tasks"]?.array?.count == 3)
            try await scene.talk()
            let said = try await client.texts(4).messages
            #expect(said == [scene.theirs, scene.nobodys, scene.mine].map { "secret of \($0)" })
        }
    }
}
