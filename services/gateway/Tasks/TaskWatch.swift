import Foundation
import HoneCore
import HoneMessages
import HoneService
import HoneStore
import Logging
import ServiceLifecycle
import Synchronization

/// What somebody who follows a task meets.
enum TaskStep: Sendable {
    case event(ProgressEvent)
    /// The record says that the task is over, whatever the events said.
    case over
    /// Nothing, for as long as the follower asked to be told after.
    case beat
}

/// Lets requests follow tasks. Events come at once; since they can be lost, all tasks that are followed are looked up
/// together now and then.
final class TaskWatch: Service {
    private typealias Followers = [Int: AsyncStream<TaskStep>.Continuation]
    private static let interval: Duration = .seconds(2)

    private let hub: ProgressHub
    private let store: Store
    private let logger: Logger
    private let followers = Mutex<[TaskID: Followers]>([:])
    private let count = Atomic(0)

    init(hub: ProgressHub, store: Store, logger: Logger) {
        self.hub = hub
        self.store = store
        self.logger = logger
    }

    /// What happens to a task from now on, at most for `limit`, with a beat every so often. Ends early when its reader
    /// falls ``EventStreams/capacity`` events behind, and when the gateway shuts down: at once, or as late as it can.
    func steps(
        of id: TaskID, for limit: Duration, beat: Duration = .seconds(15), outlastingDrain: Bool = false
    ) -> AsyncStream<TaskStep> {
        let (steps, continuation) = AsyncStream.makeStream(
            of: TaskStep.self, bufferingPolicy: .bufferingOldest(EventStreams.capacity))
        let follower = count.add(1, ordering: .relaxed).newValue
        followers.withLock { $0[id, default: [:]][follower] = continuation }
        let place = hub.streams.follow(.task, id.description, with: continuation)
        let timing = Task { await Self.time(continuation, for: limit, beat: beat) }
        let leaving =
            outlastingDrain ? nil : Task { if (try? await gracefulShutdown()) != nil { continuation.finish() } }
        continuation.onTermination = { [weak self] _ in
            self?.hub.streams.leave(place)
            timing.cancel()
            leaving?.cancel()
            self?.leave(id, follower)
        }
        return steps
    }

    private static func time(
        _ continuation: AsyncStream<TaskStep>.Continuation, for limit: Duration, beat: Duration
    ) async {
        let end = ContinuousClock.now + limit
        while (try? await Task.sleep(for: min(beat, end - .now))) != nil {
            guard ContinuousClock.now < end else { return continuation.finish() }
            continuation.yield(.beat)
        }
    }

    private func leave(_ id: TaskID, _ follower: Int) {
        followers.withLock { followers in
            followers[id]?[follower] = nil
            if followers[id]?.isEmpty == true { followers[id] = nil }
        }
    }

    func run() async throws {
        await repeatUntilShutdown(every: Self.interval, "looking whether tasks are over", logger: logger) {
            try await self.look()
        }
        for continuation in followers.withLock({ $0.values.flatMap(\.values) }) { continuation.finish() }
    }

    func look() async throws {
        let followed = followers.withLock { Array($0.keys) }
        for id in try await store.tasks.ended(among: followed) {
            let listening = followers.withLock { $0[id].map { Array($0.values) } ?? [] }
            for continuation in listening { continuation.yield(.over) }
        }
    }
}

extension TaskWatch {
    /// Whether the task ends while `steps` come, and while somebody waits for it.
    func end(in steps: AsyncStream<TaskStep>, while isAwaited: () async -> Bool = { true }) async -> Bool {
        for await step in steps {
            switch step {
            case .over: return true
            case .event(let event) where event.progress.endsTask: return true
            case .beat: guard await isAwaited() else { return false }
            case .event: continue
            }
        }
        return false
    }
}
