import HoneBus
import HoneCore
import HoneMessages
import HoneService
import HoneStore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Synchronization

/// The gateway's one reader of everything that moves, and all who follow it: sockets, and streams of this process.
///
/// Each event is read and encoded once. It hops to each event loop once, and is shared there by all sockets that follow.
final class ProgressHub: Service {
    let seats: Seats
    let history: History
    let logger: Logger
    let transport: any BusTransport
    let settings: SocketSettings
    /// What is known of those who ask.
    let callers: CallerCache
    private let store: Store
    private let shards: [ObjectIdentifier: Shard]
    private let places: Places
    /// Readers inside this process.
    let streams = EventStreams()
    private let owning = AsyncStream.makeStream(of: LiveEvent.self)

    init(
        store: Store, transport: any BusTransport, settings: SocketSettings, callers: CallerCache = CallerCache(),
        logger: Logger, loops: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton
    ) async throws {
        self.store = store
        self.transport = transport
        self.settings = settings
        self.callers = callers
        self.logger = logger
        let places = Places()
        self.places = places
        seats = Seats(limit: settings.limit, limitPerCaller: settings.limitPerCaller)
        history = History(
            transport: transport, owners: Owners(lookup: store.tasks.owners), present: { places.seen($0) ?? .zero })
        var shards: [ObjectIdentifier: Shard] = [:]
        for loop in loops.makeIterator() {
            shards[ObjectIdentifier(loop)] = try await loop.submit { Shard(on: loop, places) }.get()
        }
        self.shards = shards
    }

    /// Only on that loop; nil for a loop of another group.
    func subscribers(on loop: any EventLoop) -> Subscribers? { shards[ObjectIdentifier(loop)]?.local }

    /// The last event of a feed; what comes later is given to whoever takes this as its place. Throws 503 before the
    /// bus was reached for the first time.
    func present(of feed: LiveFeed) throws -> EventID {
        guard let place = places.seen(feed) else {
            throw Problem.unavailable("The bus cannot be reached; try again.")
        }
        return place
    }

    /// The same, given a moment to reach the bus: whoever asks as soon as the gateway listens is no sooner than the hub.
    func present(of feed: LiveFeed, within limit: Duration) async throws -> EventID {
        let end = ContinuousClock.now + limit
        while places.seen(feed) == nil, .now < end { try await Task.sleep(for: .milliseconds(10)) }
        return try present(of: feed)
    }

    func run() async throws {
        places.begin(.system, at: SystemTicker.now)
        for shard in shards.values { shard.startClock(every: beat) }
        await cancelWhenGracefulShutdown {
            await withTaskGroup { group in
                for feed in [LiveFeed.progress, .statistics, .logs] { group.addTask { await self.follow(feed) } }
                group.addTask { await self.findOwners() }
                group.addTask { await SystemTicker(hub: self, store: self.store).run() }
                group.addTask { await RevokedKeys(hub: self, keys: self.store.keys).run() }
            }
        }
        for shard in shards.values { shard.stopClock() }
        streams.finish()
    }

    /// How often sockets look at their clocks.
    private var beat: TimeAmount { min(.seconds(1), TimeAmount(settings.pingEvery / 2)) }

    /// Ends every socket of these callers.
    func close(_ code: CloseCode, of callers: Set<String>) {
        for shard in shards.values { shard.close(code, of: callers) }
    }

    func post(_ event: LiveEvent) {
        if passes(event.id, in: event.feed) { return }
        places.note(event)
        handOut(event)
    }

    /// Whether nobody follows the feed, so that this event of it has passed.
    private func passes(_ id: EventID, in feed: LiveFeed) -> Bool {
        places.pass(id, in: feed) { seats.count(on: feed) > 0 }
    }

    private func handOut(_ event: LiveEvent) {
        for shard in shards.values { shard.post(event) }
    }
}

// MARK: reading

extension ProgressHub {
    /// Reads a stream for as long as the gateway runs; outages are waited out, and nothing in between is missed.
    private func follow(_ feed: LiveFeed) async {
        guard let topic = feed.topic else { return }
        while !Task.isCancelled {
            do {
                let place = try await start(of: feed, topic)
                for try await delivery in transport.tail(topic, from: .after("\(place)")) { take(delivery, of: feed) }
            } catch is CancellationError {
            } catch {
                logger.warning("a stream cannot be read", metadata: ["stream": "\(topic.name)", "error": "\(error)"])
                try? await Task.sleep(for: .seconds(1))
            }
        }
    }

    private func start(of feed: LiveFeed, _ topic: Topic) async throws -> EventID {
        if let place = places.seen(feed) { return place }
        let place = try await transport.span(of: topic).flatMap { EventID($0.newest) } ?? .zero
        places.begin(feed, at: place)
        return place
    }

    /// Where nobody follows, an entry is not even read. Readers are looked for when it has passed, so that whoever begins
    /// meanwhile finds it behind its place or is given it.
    private func take(_ delivery: Delivery, of feed: LiveFeed) {
        let id = EventID(delivery.entryID)
        let hasPassed = id.map { passes($0, in: feed) } ?? false
        let hasOwnedPassed = feed != .progress || id.map { passes($0, in: .owned) } ?? false
        let isRead = feed == .progress && streams.isFollowed
        if hasPassed, hasOwnedPassed, !isRead { return }
        guard let event = LiveEvent(delivery, of: feed, wholly: isRead) else {
            logger.debug(
                "an entry cannot be shown", metadata: ["stream": "\(delivery.stream)", "id": "\(delivery.entryID)"])
            return
        }
        if !hasPassed { places.note(event) }
        if feed == .progress { streams.offer(event) }
        if !hasPassed { handOut(event) }
        if !hasOwnedPassed { owning.continuation.yield(event) }
    }

    /// Tells callers of their tasks, in the order of events, beside the others: the record may take its time.
    private func findOwners() async {
        for await event in owning.stream {
            do {
                let task = event.taskID.map { [$0] } ?? []
                post(event.owned(by: try await history.owners.of(task).values.first))
            } catch {
                logger.warning("owners of tasks cannot be found", metadata: ["error": "\(error)"])
                places.note(event.owned(by: nil))
                for shard in shards.values { shard.abandon(.owned) }
            }
        }
    }
}
