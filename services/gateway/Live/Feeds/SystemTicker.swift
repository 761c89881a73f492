import Foundation
import HoneAPI
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
                if state != told { try await tell(state, after: told) }
                told = state
            } catch {
                hub.logger.debug("the state of the system is not known", metadata: ["error": "\(error)"])
            }
        }
    }

    /// Alerts that were raised or cleared between two looks.
    private func changes(_ before: SystemState, _ after: SystemState) async throws -> [AlertBody] {
        let (old, new) = (Set(before.alerts.map(\.id)), Set(after.alerts.map(\.id)))
        let cleared = old.subtracting(new).compactMap { UUID(uuidString: $0) }
        guard !cleared.isEmpty else { return after.alerts.filter { !old.contains($0.id) } }
        return try await store.alerts.load(cleared).map(AlertBody.init) + after.alerts.filter { !old.contains($0.id) }
    }

    /// Each change of an alert, then the whole. Ids of one moment are told apart by their second part.
    private func tell(_ state: SystemState, after told: SystemState?) async throws {
        let now = Self.now
        let alerts = if let told { try await changes(told, state) } else { [AlertBody]() }
        for (index, alert) in alerts.enumerated() {
            try tell(alert, as: "alert", id: EventID(milliseconds: now.milliseconds, sequence: UInt64(index)))
        }
        try tell(state, as: "status", id: EventID(milliseconds: now.milliseconds, sequence: UInt64(alerts.count)))
    }

    private func tell(_ event: some Encodable, as type: String, id: EventID) throws {
        let frame = try EventFrame.bytes(id: id, type: type, event)
        hub.post(LiveEvent(id: id, feed: .system, routes: [.system], frame: frame))
    }
}

/// What `/ws/system` shows: how much work there is, where it waits, and what is wrong.
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
    /// Those that stand, the newest first.
    let alerts: [AlertBody]

    /// More than anybody will read.
    private static let mostAlerts = 100

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
        alerts = try await store.alerts.list(AlertFilter(isOpen: true), limit: Self.mostAlerts).map(AlertBody.init)
    }
}
