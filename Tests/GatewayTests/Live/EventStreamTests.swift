import Foundation
import HoneBus
import HoneCore
import HoneMessages
import HoneTestKit
import Testing

@testable import Gateway

@Suite("Following progress inside the gateway")
struct EventStreamTests {
    @Test("a reader gets its subject's events from the call on, in order, and nobody else's")
    func following() async throws {
        let streams = EventStreams()
        try streams.offer(event(1, of: "a"))
        let stream = follow(streams, "a")
        for number in 2..<5 {
            try streams.offer(event(number, of: "a"))
            try streams.offer(event(number, of: "b"))
        }
        streams.finish()
        var heard: [String] = []
        for await step in stream {
            guard case .event(let event) = step else { continue }
            heard.append("\(event.id) \(event.progress.message ?? "")")
        }
        #expect(heard == ["2-0 a", "3-0 a", "4-0 a"])
    }

    @Test("a reader that falls too far behind is ended after what it could hold")
    func behind() async throws {
        let streams = EventStreams()
        let stream = follow(streams, "a")
        for number in 1...EventStreams.capacity + 10 { try streams.offer(event(number, of: "a")) }
        var count = 0
        for await _ in stream { count += 1 }
        #expect(count == EventStreams.capacity)
    }

    @Test("a reader that has left gets no more")
    func leaving() async throws {
        let streams = EventStreams()
        let (stream, reader) = AsyncStream.makeStream(of: TaskStep.self)
        let place = streams.follow(.task, "a", with: reader)
        try streams.offer(event(1, of: "a"))
        streams.leave(place)
        try streams.offer(event(2, of: "a"))
        reader.finish()
        var count = 0
        for await _ in stream { count += 1 }
        #expect(count == 1)
    }

    private func follow(_ streams: EventStreams, _ id: String) -> AsyncStream<TaskStep> {
        let (stream, reader) = AsyncStream.makeStream(
            of: TaskStep.self, bufferingPolicy: .bufferingOldest(EventStreams.capacity))
        _ = streams.follow(.task, id, with: reader)
        return stream
    }

    private func event(_ number: Int, of subject: String) throws -> LiveEvent {
        let progress = ProgressMade(subject: .task, subjectID: subject, kind: .token, message: subject)
        let envelope = try Publication(progress, id: UUID()).envelope(source: "/hone", time: Date())
        let delivery = Delivery(stream: StreamName(topic: "progress"), entryID: "\(number)-0", envelope: envelope)
        return try #require(LiveEvent(delivery, of: .progress))
    }
}
