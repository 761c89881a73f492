import Foundation
import HTTP
import HTTPTypes
import HoneBus
import HoneCore
import HoneMessages
import HoneService
import HoneStore
import HoneTestKit
import Logging
import ScriptedModel
import TestServers
import Testing

@testable import Executor
@testable import Gateway
@testable import Router

@Suite("A task's events over HTTP", .timeLimit(.minutes(10)))
struct TaskEventsTests {
    private static let task: JSONValue = [
        "input": "great phone", "category": "analysis", "constraints": ["agents": ["ada"]],
    ]

    @Test("whoever follows a task gets a snapshot, its tokens in order, and its end")
    func following() async throws {
        try await TestGateway.open(beside: [Router.self, Executor.self]) { gateway in
            gateway.workshop.models.alpha.replace(
                script: .always(
                    ScriptedReply(
                        text: "one two three", firstTokenDelayMilliseconds: 300, tokenDelayMilliseconds: 20)))
            let id = try await gateway.submitted(Self.task)
            let events = try await gateway.events("/api/tasks/\(id)/events")
            #expect(events.first?.event == "snapshot" && events.last?.event == "done")
            #expect(try events.last?.value["status"] == "completed")
            let tokens = try events.filter { $0.event == "token" }.map { try $0.value["message"]?.string ?? "" }
            #expect(tokens.joined() == "one two three")
            let ids = events.dropFirst().dropLast().compactMap { $0.id.flatMap { EventID($0) } }
            #expect(!ids.isEmpty && ids == ids.sorted())

            let third = try #require(ids.dropFirst(2).first)
            let rest = try await gateway.events(
                "/api/tasks/\(id)/events", headers: [HTTPHeader("Last-Event-ID", "\(third)")])
            #expect(
                rest.dropFirst().dropLast().compactMap { $0.id.flatMap { EventID($0) } } == ids.filter { $0 > third })
        }
    }

    @Test("a stream that broke off goes on where it was: nothing is missed, nothing told twice", arguments: [0, 1, 7])
    func resuming(_ heard: Int) async throws {
        try await TestGateway.open { gateway in
            let task = try await gateway.task()
            let texts = (0..<10).map { "\($0)" }
            var last: String?
            do {
                var events = try await gateway.follow(task)
                last = try #require(try await events.next()).id
                for text in texts { try await gateway.tell(task, text) }
                for text in texts.prefix(heard) {
                    let event = try #require(try await events.next())
                    #expect(try event.value["message"]?.string == text)
                    last = event.id
                }
            }
            #expect(try await gateway.post("/api/tasks/\(task)/cancel", [:] as JSONValue).status == 200)
            let rest = try await gateway.events(
                "/api/tasks/\(task)/events", headers: [HTTPHeader("Last-Event-ID", try #require(last))])
            #expect(rest.first?.event == "snapshot" && rest.last?.event == "done")
            let told = try rest.filter { $0.event == "token" }.map { try $0.value["message"]?.string ?? "" }
            #expect(told == Array(texts.dropFirst(heard)))
        }
    }

    @Test("a client whose last event is not there any more is told so, and goes on with what comes")
    func gap() async throws {
        try await TestGateway.open { gateway in
            let task = try await gateway.task()
            try await gateway.tell(task, "before")
            var events = try await gateway.follow(task, after: "99999999999999-0")
            try #require(try await events.next()?.event == "gap")
            try #require(try await events.next()?.event == "snapshot")
            try await gateway.tell(task, "now")
            #expect(try await events.next()?.value["message"] == "now")
            let refused = try await gateway.get(
                "/api/tasks/\(task)/events", headers: [HTTPHeader("Last-Event-ID", "yesterday")])
            #expect(try refused.status == 422 && refused.fault == "Last-Event-ID")
        }
    }

    @Test("whoever does not read is let go without a hole, and holds nobody up")
    func slowness() async throws {
        try await TestGateway.open { gateway in
            let task = try await gateway.task()
            let slow = try RawSocket(port: gateway.port, receiveBuffer: 4_096)
            slow.send("GET /api/tasks/\(task)/events HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            let beginning = try await slow.receive { $0.contains("event: snapshot") }
            try #require(beginning.contains("event: snapshot"), "\(beginning)")
            var quick = try await gateway.follow(task)
            #expect(try await quick.next()?.event == "snapshot")
            let (count, padding) = (2_400, String(repeating: "x", count: 8_192))
            for start in stride(from: 0, to: count, by: 200) {
                for number in start..<start + 200 { try await gateway.tell(task, "\(number) \(padding)") }
                for number in start..<start + 200 { #expect(try await quick.next()?.number == number) }
            }
            let told = try await slow.receive(within: .seconds(60))
            let heard = told.components(separatedBy: #""message":""#).dropFirst().map { $0.prefix { $0 != " " } }
            try #require((EventStreams.capacity..<count).contains(heard.count))
            #expect(heard == (0..<heard.count).map { "\($0)" } && !told.contains("event: done"))
            let last = try #require(told.components(separatedBy: "id: ").last?.prefix { $0 != "\n" })
            var rest = try await gateway.follow(task, after: String(last))
            #expect(try await rest.next()?.event == "snapshot")
            for number in heard.count..<count { #expect(try await rest.next()?.number == number) }
        }
    }

    @Test("a stream waits until the bus is reached, and not for ever")
    func beginning() async throws {
        try await Workshop.open { workshop in
            let hub = try await ProgressHub(
                store: workshop.store, transport: workshop.bus.transport, settings: workshop.settings.sockets,
                logger: Logger(label: "hub"))
            let refusal = await #expect(throws: Problem.self) {
                try await hub.present(of: .progress, within: .milliseconds(30))
            }
            #expect(refusal?.status == .serviceUnavailable && refusal?.headers[.retryAfter] != nil)
            async let place = hub.present(of: .progress, within: .seconds(20))
            let running = Task { try await hub.run() }
            #expect(try await place == .zero)
            running.cancel()
            _ = await running.result
        }
    }
}

extension TestGateway {
    typealias Events = ServerSentEvents<HTTP.ResponseBody>.Iterator

    /// A task's events one by one, until the iterator is gone.
    func follow(_ task: TaskID, after place: String? = nil) async throws -> Events {
        let headers = place.map { [HTTPHeader("Last-Event-ID", $0)] } ?? []
        var request = HTTPRequest(url: "\(url)/api/tasks/\(task)/events", headers: signed(headers))
        request.maximumBodyBytes = 64 << 20
        let stream = try await client.stream(request)
        #expect(stream.status == 200 && stream.headers["content-type"] == "text/event-stream")
        return ServerSentEvents(stream.body).makeAsyncIterator()
    }
}

extension ServerSentEvent {
    var value: JSONValue { get throws { try WireFormat.decode(JSONValue.self, from: Data(data.utf8)) } }

    /// The number that its message begins with.
    fileprivate var number: Int? {
        (try? value)?["message"]?.string?.split(separator: " ").first.flatMap { Int($0) }
    }
}
