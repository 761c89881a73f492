import Foundation
import HoneCore
import HoneMessages
import HoneTestKit
import TestServers
import Testing

@testable import Gateway

@Suite("Coming back to a socket")
struct ResumingTests {
    @Test(
        "who comes back misses nothing and hears nothing twice, however much moves meanwhile",
        arguments: WorkshopBusKind.allCases)
    func underLoad(_ bus: WorkshopBusKind) async throws {
        try await TestGateway.open(on: bus) { gateway in
            let task = try await gateway.task()
            let first = try await gateway.socket("/ws/tasks/\(task)")
            let start = try #require(try await first.texts(1)[0].id)
            try await first.drop()

            let count = 3_000
            async let talking: Void = {
                for number in 0..<count { try await gateway.tell(task, "\(number)") }
            }()
            var (heard, place) = ([String](), start)
            while heard.count < count {
                let client = try await gateway.socket("/ws/tasks/\(task)?after=\(place)")
                let wanted = min(heard.count + 700, count)
                try await eventually(within: .seconds(30), "\(wanted) events") {
                    heard.count + client.texts.messages.count >= wanted
                }
                try await client.drop()
                let texts = client.texts
                #expect(texts.first?.json["data"]?["resume_from"]?.string == place)
                heard += texts.messages
                place = texts.ids.last ?? place
            }
            try await talking
            #expect(heard == (0..<count).map { "\($0)" })
        }
    }

    @Test("everything that is still there comes to who starts from the beginning")
    func fromTheBeginning() async throws {
        try await TestGateway.open { gateway in
            let task = try await gateway.task()
            for number in 0..<1_200 { try await gateway.tell(task, "\(number)") }
            let client = try await gateway.socket("/ws/tasks/\(task)?after=0")
            #expect(try await client.texts(1_201).messages == (0..<1_200).map { "\($0)" })
            #expect(client.texts[0].type == "hello")
        }
    }

    @Test(
        "a place that the stream has forgotten gives a gap, a fresh snapshot, and what comes from then on",
        arguments: WorkshopBusKind.allCases)
    func gap(_ bus: WorkshopBusKind) async throws {
        try await TestGateway.open(on: bus) { gateway in
            try await gateway.workshop.send(StatsUpdated(agents: [], asOf: .now))
            let place = try #require(try await gateway.socket("/ws/leaderboard").texts(1)[0].id)
            // As many as the stream keeps, and then some.
            for _ in 0..<1_500 { try await gateway.workshop.send(StatsUpdated(agents: [], asOf: .now)) }
            let client = try await gateway.socket("/ws/leaderboard?after=\(place)")
            let frames = try await client.texts(2)
            #expect(frames.prefix(2).map(\.type) == ["gap", "hello"])
            #expect(frames[0].json["data"]?["after"]?.string == place)
            try await gateway.workshop.send(StatsUpdated(agents: [], asOf: .now))
            #expect(try await client.texts(3)[2].type == "stats")
        }
    }

    @Test("a place that never was gives a gap")
    func future() async throws {
        try await TestGateway.open { gateway in
            let task = try await gateway.task()
            try await gateway.tell(task, "a")
            let client = try await gateway.socket("/ws/tasks/\(task)?after=99999999999999-0")
            #expect(try await client.texts(2).map(\.type) == ["gap", "hello"])
        }
    }

    @Test(
        "a place that is no id is refused by name",
        arguments: ["tomorrow", "1-2-3", "-1", "1-", "99999999999999999999"])
    func wrongPlace(_ place: String) async throws {
        try await TestGateway.open { gateway in
            let client = try await gateway.socket("/ws/tasks?after=\(place)")
            #expect(client.status == 422)
            #expect(client.body["errors"]?[0]?["field"] == "after")
        }
    }
}
