import BusTestKit
import Foundation
import HoneBus
import Synchronization

/// A bus that answers everybody but never a fetch, until it is released.
final class StuckTransport: BusTransport {
    private let memory = MemoryTransport()
    private let isReleased = Mutex(false)

    func release() { isReleased.withLock { $0 = true } }

    func fetch(_ request: FetchRequest, as member: GroupMember) async throws -> [Delivery] {
        while !isReleased.withLock({ $0 }) { try? await Task.sleep(for: .milliseconds(10)) }
        return []
    }

    func publish(_ publications: [Publication]) async throws { try await memory.publish(publications) }
    func prepare(_ topics: [Topic]) async throws { try await memory.prepare(topics) }
    func takeOver(
        from streams: [StreamName], idle: Duration, limit: Int, as member: GroupMember
    ) async throws -> TakeOver {
        TakeOver()
    }
    func renew(_ deliveries: [Delivery], as member: GroupMember) async throws -> [Delivery] { [] }
    func settle(_ settlements: [Settlement], as member: GroupMember) async throws {}
    func handBack(_ deliveries: [Delivery], as member: GroupMember) async throws {}
    func leave(_ streams: [StreamName], as member: GroupMember) async throws {}
    func moveDue(at now: Date, limit: Int) async throws -> Int { 0 }
    func trim(_ topic: Topic) async throws -> Int { 0 }
    func tail(_ topic: Topic, from start: TailStart) -> AsyncThrowingStream<Delivery, any Error> {
        memory.tail(topic, from: start)
    }
    func range(of topic: Topic, after entryID: String, limit: Int) async throws -> [Delivery] { [] }
    func span(of topic: Topic) async throws -> TailSpan? { nil }
    func depth(of topics: [Topic]) async throws -> BusDepth { try await memory.depth(of: topics) }
    func members(of topics: [Topic]) async throws -> [MemberSighting] { [] }
    func streams(of topic: Topic) -> [StreamName] { memory.streams(of: topic) }

    func epoch() async throws -> BusEpoch? { try await memory.epoch() }
    func incarnation() async throws -> String { try await memory.incarnation() }
    func memory() async throws -> BusMemory { try await memory.memory() }
    func announce(backlog: Int, for lifetime: Duration) async throws {}
    func announcedBacklog() async throws -> Int? { nil }

    func deadLetters(_ filter: DeadLetterFilter, after: String?, limit: Int) async throws -> [DeadLetter] { [] }
    func deadLetter(_ id: String) async throws -> DeadLetter? { nil }
    func replay(_ ids: [String]) async throws -> [String] { [] }
    func purge(_ ids: [String]) async throws -> Int { 0 }
}
