import Foundation
import HoneBus
import HoneCore
import HoneMessages
import HoneStore
import Logging

/// Tells how Hone as a whole is, when it has changed and somebody looks.
struct SystemTicker {
    static let pause: Duration = .seconds(2)

    let hub: ProgressHub
    let store: Store

    /// Events of this feed are on no stream: their ids are times.
    static var now: EventID { EventID(milliseconds: UInt64(Date().timeIntervalSince1970 * 1_000)) }

    func run() async {
        var told: SystemState?
        while (try? await Task.sleep(for: Self.pause)) != nil {
            guard hub.seats.count(on: .system) > 0 else {
                told = nil
                continue
            }
            do {
                let state = try await SystemState(store: store, transport: hub.transport)
                if state != told { try tell(state) }
                told = state
            } catch {
                hub.logger.debug("the state of the system is not known", metadata: ["error": "\(error)"])
            }
        }
    }

    private func tell(_ state: SystemState) throws {
        let id = Self.now
        let frame = try EventFrame.bytes(id: id, type: "status", state)
        hub.post(LiveEvent(id: id, feed: .system, routes: [.system], frame: frame))
    }
}

/// What `/ws/system` shows: how much work there is, and where it waits.
struct SystemState: Encodable, Equatable {
    struct Stream: Encodable, Equatable {
        let key: String
        let length: Int
        let groups: [Group]
    }

    struct Group: Encodable, Equatable {
        let name: String
        let lag: Int
        let pending: Int
        let members: Int
    }

    let tasks: [String: Int]
    let streams: [Stream]
    let delayed: Int
    let dead: Int

    init(store: Store, transport: any BusTransport) async throws {
        let counts = try await store.tasks.counts()
        tasks = Dictionary(counts.map { ($0.key.rawValue, $0.value) }) { first, _ in first }
        let depth = try await transport.depth(of: Topic.all)
        streams = depth.streams.map { stream in
            Stream(
                key: stream.key, length: stream.length,
                groups: stream.groups.map {
                    Group(name: $0.name, lag: $0.lag, pending: $0.pending, members: $0.members)
                })
        }
        (delayed, dead) = (depth.delayed, depth.dead)
    }
}
