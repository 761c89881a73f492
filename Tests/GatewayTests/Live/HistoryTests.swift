import BusTestKit
import Foundation
import HoneBus
import HoneCore
import HoneMessages
import NIOCore
import Testing

@testable import Gateway

@Suite("What the streams remember")
struct HistoryTests {
    private let transport = MemoryTransport()
    private let mine = TaskID.new()
    private let other = TaskID.new()

    @Test("a caller's own tasks are picked out by their owner, a part at a time, up to the present")
    func owned() async throws {
        for _ in 0..<4 {
            try await tell(mine)
            try await tell(other)
        }
        let history = history(present: EventID(milliseconds: 8))
        var (place, ids, parts) = (EventID.zero, [EventID](), 0)
        repeat {
            let part = try await history.events(of: .tasksOf(owner: "key:1"), after: place, limit: 3)
            ids += part.events.map(\.id)
            place = part.reached
            parts += 1
        } while place < EventID(milliseconds: 8)
        #expect(ids.map(\.milliseconds) == [1, 3, 5, 7])
        #expect(parts == 3)
    }

    @Test("where the stream ends, the place is the present even if its entries are gone")
    func reaching() async throws {
        try await tell(mine)
        let part = try await history(present: EventID(milliseconds: 40)).events(
            of: .tasks(outline: false), after: .zero, limit: 10)
        #expect(part.events.count == 1)
        #expect(part.reached == EventID(milliseconds: 40))
    }

    @Test("nothing is gone while the stream is whole; after it was lost, everything may be")
    func gone() async throws {
        let history = history(present: .zero)
        #expect(try await !history.isGone(after: .zero, in: .progress))
        for _ in 0..<3 { try await tell(mine) }
        #expect(try await !history.isGone(after: .zero, in: .progress))
        #expect(try await !history.isGone(after: EventID(milliseconds: 2), in: .progress))
        #expect(try await history.isGone(after: EventID(milliseconds: 9), in: .progress))
        transport.flush()
        #expect(try await history.isGone(after: EventID(milliseconds: 2), in: .progress))
        try await tell(mine)
        #expect(try await history.isGone(after: EventID(milliseconds: 2), in: .progress))
    }

    @Test("where nobody follows their own tasks an event has passed, and whoever comes starts behind it")
    func skipping() throws {
        let places = Places()
        places.begin(.progress, at: EventID(milliseconds: 5))
        #expect(places.seen(.owned) == EventID(milliseconds: 5))
        let event = LiveEvent(id: EventID(milliseconds: 6), feed: .progress, routes: [], frame: .init())
        #expect(places.pass(event.id, in: .owned, unless: { false }))
        #expect(places.seen(.owned) == event.id && places.passed(.owned) == event.id)
        let next = LiveEvent(id: EventID(milliseconds: 7), feed: .progress, routes: [], frame: .init())
        #expect(!places.pass(next.id, in: .owned, unless: { true }))
        #expect(places.seen(.owned) == event.id && places.passed(.owned) == event.id)
    }

    private func history(present: EventID) -> History {
        let owner = [mine: "key:1", other: "key:2"]
        return History(transport: transport, owners: Owners { _ in owner }, present: { _ in present })
    }

    private func tell(_ task: TaskID) async throws {
        let progress = ProgressMade(subject: .task, subjectID: task.description, kind: .state, message: "moves")
        try await transport.publish([Publication(progress, id: UUID())])
    }
}
