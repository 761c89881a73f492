import Foundation
import HoneCore
import HoneIntelligence
import HoneMessages
import HoneStore
import HoneTestKit
import TestServers
import Testing

@testable import Gateway

@Suite("Following what moves")
struct FollowingTests {
    @Test("a socket begins with how things stand and goes on with what moves", arguments: WorkshopBusKind.allCases)
    func beginning(_ bus: WorkshopBusKind) async throws {
        try await TestGateway.open(on: bus) { gateway in
            let (task, other) = (try await gateway.task(), try await gateway.task())
            let client = try await gateway.socket("/ws/tasks/\(task)")
            let hello = try await client.texts(1)[0]
            #expect(hello.type == "hello")
            #expect(hello.json["data"]?["snapshot"]?["status"] == "routed")
            #expect(hello.json["data"]?["resume_from"]?.string == hello.id)

            try await gateway.tell(other, "not for you")
            for token in ["It", " is", " \"warm\"\n"] { try await gateway.tell(task, token) }
            let events = try await client.texts(4).dropFirst()
            #expect(Array(events).messages == ["It", " is", " \"warm\"\n"])
            #expect(events.allSatisfy { $0.type == "token" && $0.json["time"]?.string?.hasSuffix("Z") == true })
            #expect(events.allSatisfy { $0.json["data"]?["agent_id"] == "ada" })
        }
    }

    @Test("the socket of all tasks shows every one of them")
    func all() async throws {
        try await TestGateway.open { gateway in
            let (task, other) = (try await gateway.task(), try await gateway.task())
            let client = try await gateway.socket("/ws/tasks")
            let known = try await client.texts(1)[0].json["data"]?["snapshot"]?["tasks"]?.array ?? []
            #expect(Set(known.compactMap { $0["task_id"]?.string }) == [task.description, other.description])
            try await gateway.tell(task, "a")
            try await gateway.tell(other, "b")
            #expect(try await client.texts(3).messages == ["a", "b"])
        }
    }

    @Test("an agent's optimizations and evaluations have sockets of their own", arguments: ["optimize", "evaluate"])
    func agents(_ kind: String) async throws {
        try await TestGateway.open { gateway in
            let client = try await gateway.socket("/ws/\(kind)/ada")
            #expect(try await client.texts(1)[0].json["data"]?["snapshot"]?["agent_id"] == "ada")
            let subject: ProgressMade.Subject = kind == "optimize" ? .optimization : .evaluation
            for agent in [AgentID.bob, .ada] {
                try await gateway.workshop.send(
                    ProgressMade(subject: subject, subjectID: "run", agentID: agent, kind: .generation, fraction: 0.5))
            }
            let event = try await client.texts(2)[1]
            #expect(event.type == "generation")
            #expect(event.json["data"]?["agent_id"] == "ada")
            #expect(try await gateway.socket("/ws/\(kind)/nobody").status == 404)
        }
    }

    @Test("the leaderboard's events have the form of its snapshot")
    func leaderboard() async throws {
        try await TestGateway.open { gateway in
            let client = try await gateway.socket("/ws/leaderboard")
            let snapshot = try await client.texts(1)[0].json["data"]?["snapshot"]
            try await gateway.workshop.send(StatsUpdated(agents: [], asOf: .now))
            let event = try await client.texts(2)[1]
            #expect(event.type == "stats")
            #expect(event.json["data"]?.object?.keys == snapshot?.object?.keys)
        }
    }

    @Test("log lines come as they are written")
    func logs() async throws {
        try await TestGateway.open { gateway in
            let client = try await gateway.socket("/ws/logs")
            _ = try await client.texts(1)
            try await gateway.workshop.send(
                LogRecord(time: .now, level: "warning", service: "router", message: "no agent is free"))
            let event = try await client.texts(2)[1]
            #expect(event.type == "log")
            #expect(event.json["data"]?["message"] == "no agent is free")
        }
    }

    @Test("the state of the system is told again when it has changed")
    func system() async throws {
        try await TestGateway.open { gateway in
            let client = try await gateway.socket("/ws/system")
            #expect(try await client.texts(1)[0].json["data"]?["snapshot"]?["tasks"] == [:])
            _ = try await gateway.task()
            try await eventually("the new task shows") {
                client.texts.last?.json["data"]?["tasks"]?["routed"] == 1
            }
            #expect(client.texts.last?.type == "status")
        }
    }

    @Test("an alert is told when it is raised and when it is cleared, and shows in the state while it stands")
    func alerts() async throws {
        try await TestGateway.open { gateway in
            let alerts = gateway.workshop.store.alerts
            let (old, new) = (AlertKey(.budget, "day"), AlertKey(.backlog, "router"))
            try await alerts.raise([old: AlertFinding(.warning, "spent")], at: .now)
            let client = try await gateway.socket("/ws/system")
            #expect(try await client.texts(1)[0].json["data"]?["snapshot"]?["alerts"]?[0]?["kind"] == "budget")
            _ = try await client.texts(2)
            try await alerts.raise([new: AlertFinding(.critical, "slow")], at: .now)
            try await alerts.clear([old], at: .now)
            try await eventually("both are told") { client.texts.filter { $0.type == "alert" }.count == 2 }
            let told = client.texts.filter { $0.type == "alert" }.map(\.json)
            let ends = told.reduce(into: [String: JSONValue]()) {
                $0[$1["data"]?["kind"]?.string ?? ""] = $1["data"]?["cleared_at"]
            }
            #expect(ends["budget"]?.string != nil && ends["backlog"] == .null)
            try await eventually("the state follows") { client.texts.last?.type == "status" }
            #expect(client.texts.last?.json["data"]?["alerts"]?.array?.count == 1)
        }
    }

    @Test("what is no progress is passed over, and holds nothing up")
    func nonsense() async throws {
        try await TestGateway.open { gateway in
            let task = try await gateway.task()
            let client = try await gateway.socket("/ws/tasks/\(task)")
            for data in ["{", "[]", "{\"subject\":\"moon\"}", "{\"subject\":\"task\",\"subject_id\":7}"] {
                try await gateway.workshop.publish(data, to: .progress)
            }
            try await gateway.tell(task, "here")
            #expect(try await client.texts(2).messages == ["here"])
        }
    }
}
