import Foundation
import HoneBus
import HoneCore
import HoneMessages
import HoneService
import HoneStore
import Logging
import Metrics
import ServiceLifecycle

/// Publishes again what the bus has lost: Postgres is the system of record, and Redis can be lost.
///
/// Every hop of a task is looked at: whatever is on record and has not had its effect, though nothing waits that could
/// bring it about, is announced once more under the id it had. Handlers know what they have done, so that a message too
/// many changes nothing. Of several routers one works at a time.
struct Reconcile: Service {
    /// Pages in one pass; the next pass goes on.
    private static let mostPages = 20
    private static let openPage = 500
    private static let chunk = 256

    private let store: Store
    private let transport: any BusTransport
    private let relay: Relay
    private let latestReplies: LatestReplies
    private let settings: Settings
    private let logger: Logger
    private let republished: [String: Counter]

    init(store: Store, transport: any BusTransport, desk: RoutingDesk, settings: Settings, logger: Logger) {
        self.store = store
        self.transport = transport
        relay = Relay(store: store, desk: desk)
        latestReplies = LatestReplies(store: store, transport: transport, relay: relay)
        self.settings = settings
        self.logger = logger
        republished = Dictionary(
            uniqueKeysWithValues: (Hop.allCases.map(\.rawValue) + ["reply"]).map { hop in
                (hop, Counter(label: "hone.reconciler.republished", dimensions: [("hop", hop)]))
            })
    }

    func run() async throws {
        let interval = max(.milliseconds(50), min(.seconds(5), settings.reconcileAfter / 6))
        await repeatUntilShutdown(every: interval, "publishing again what was lost", logger: logger) {
            while try await pass(), !Task.isCancelled {}
        }
    }

    /// Looks at every hop once; returns whether there was more than fits in one pass.
    func pass() async throws -> Bool {
        // What is published now would keep what is under way from finishing.
        guard try await transport.memory().complaint == nil, let outlook = try await outlook() else { return false }
        var batch = Batch()
        try await latestReplies.look { try await publish($0, "reply", &batch) }
        try await open(outlook, &batch)
        for hop in Hop.compared { try await compare(hop, outlook, &batch) }
        return batch.isFull
    }

    /// What has been published in this pass: two hops may miss the same message.
    private struct Batch {
        var ids: Set<UUID> = []
        var isFull = false
    }

    /// Nil while another router is at it.
    private func outlook() async throws -> Outlook? {
        let clock = try await store.reconciler.clock()
        let (epoch, depth) = try await bus()
        let began = clock.now.addingTimeInterval(-(epoch.age / .seconds(1)))
        guard let noted = try await alone({ try await $0.note(epoch: epoch.name, began: began) }) else { return nil }
        if noted.isNew { logger.warning("the bus lost its data", metadata: ["epoch": "\(epoch.name)"]) }
        return Outlook(
            clock: clock, lost: noted.lostBefore, depth: depth, patience: settings.reconcileAfter,
            namespace: settings.namespace, streams: transport.streams)
    }

    /// A bus that is not prepared for every group is prepared here: a group that is missing would seem to need nothing.
    private func bus() async throws -> (BusEpoch, BusDepth) {
        if let epoch = try await transport.epoch() {
            let depth = try await transport.depth(of: Topic.all)
            if isWhole(depth) { return (epoch, depth) }
        }
        try await transport.prepare(Topic.all)
        guard let epoch = try await transport.epoch() else { throw BusError.unavailable("it has no epoch") }
        return (epoch, try await transport.depth(of: Topic.all))
    }

    private func isWhole(_ depth: BusDepth) -> Bool {
        let groups = Dictionary(depth.streams.map { ($0.key, Set($0.groups.map(\.name))) }) { first, _ in first }
        return Topic.all.allSatisfy { topic in
            transport.streams(of: topic).allSatisfy { stream in
                groups[stream.key(in: settings.namespace)]?.isSuperset(of: topic.groups) ?? topic.groups.isEmpty
            }
        }
    }

    private func alone<Value: Sendable>(_ body: @Sendable (Reconciler) async throws -> Value) async throws -> Value? {
        try await store.transaction { store in
            guard try await store.locks.tryAcquire(Reconciler.lock) else { return nil }
            return try await body(store.reconciler)
        }
    }

    private func open(_ outlook: Outlook, _ batch: inout Batch) async throws {
        let moved = outlook.clock.now.addingTimeInterval(-(settings.reconcileAfter / .seconds(1)))
        for page in 0..<Self.mostPages {
            let tasks = try await alone { reconciler in
                if page == 0 { try await reconciler.forgetMoved(before: moved) }
                return try await reconciler.claimOpen(outlook.open, limit: Self.openPage)
            }
            guard let tasks, !tasks.isEmpty else { return }
            try await publish(relay.open(tasks, at: outlook.clock.now), Hop.open.rawValue, &batch)
            guard tasks.count == Self.openPage else { return }
        }
        batch.isFull = true
    }

    private func compare(_ hop: Hop, _ outlook: Outlook, _ batch: inout Batch) async throws {
        let searches: [@Sendable (Reconciler) async throws -> Discoveries] = [
            { try await $0.reconsider(hop, outlook.horizon(of: hop)) },
            { try await $0.discover(hop, until: outlook.lostUntil, patiently: false) },
            { try await $0.discover(hop, until: outlook.passedUntil(hop), patiently: true) },
        ]
        for search in searches {
            var isFull = true
            for _ in 0..<Self.mostPages where isFull {
                guard let found = try await alone(search) else { return }
                try await publish(relay.publications(hop, found.tasks), hop.rawValue, &batch)
                isFull = found.isFull
            }
            batch.isFull = batch.isFull || isFull
        }
    }

    private func publish(_ publications: [Publication], _ hop: String, _ batch: inout Batch) async throws {
        let fresh = publications.filter { batch.ids.insert($0.id).inserted }
        guard !fresh.isEmpty else { return }
        for start in stride(from: 0, to: fresh.count, by: Self.chunk) {
            try await transport.publishRepliesFirst(Array(fresh[start..<min(start + Self.chunk, fresh.count)]))
        }
        republished[hop]?.increment(by: fresh.count)
        logger.info(
            "published again what was lost", metadata: ["hop": "\(hop)", "messages": "\(fresh.count)"])
    }
}
