import Foundation
public import HoneBus
import Synchronization

extension MemoryTransport {
    public func epoch() async throws -> BusEpoch? {
        state.withLock { bus in
            bus.epoch.map { BusEpoch(name: $0.name, age: .seconds(max(0, -$0.began.timeIntervalSinceNow))) }
        }
    }

    public func incarnation() async throws -> String { try await epoch()?.name ?? "none" }

    public func memory() async throws -> BusMemory { state.withLock { $0.memory } }

    /// Makes it look as full as a test wants it.
    public func pretend(_ memory: BusMemory) { state.withLock { $0.memory = memory } }

    public func announce(backlog: Int, for lifetime: Duration) async throws {
        state.withLock { $0.backlog = (backlog, .now + lifetime) }
    }

    public func announcedBacklog() async throws -> Int? {
        state.withLock { bus in bus.backlog.flatMap { $0.until > .now ? $0.figure : nil } }
    }
}
