import Synchronization

/// Who serves what in a cluster, shared by all that talk to it; asks again when it turned out to be wrong.
final class ClusterTopology: Sendable {
    private struct State {
        var map: SlotMap?
        var lookUp: Task<SlotMap, any Error>?
        var lastLookUp: ContinuousClock.Instant?
    }

    let seed: RedisEndpoint
    private let options: RedisOptions
    private let state = Mutex(State())
    /// Between two questions: nodes that move many slots answer many commands with a redirection.
    private static let pause: Duration = .milliseconds(500)

    init(_ seed: RedisEndpoint, options: RedisOptions) {
        self.seed = seed
        var options = options
        options.connectPatience = .seconds(1)
        self.options = options
    }

    /// Every node that serves a slot.
    func nodes() async throws -> [RedisAddress] { try await map().nodes }

    /// The node of a slot, or any node for a command without keys; nil when nobody serves the slot.
    func owner(of slot: KeySlot?) async throws -> RedisAddress? {
        let known = state.withLock { state in
            if let slot { state.map?[slot] } else { state.map?.nodes.randomElement() }
        }
        if let known { return known }
        let map = try await lookUp().value
        return if let slot { map[slot] } else { map.nodes.randomElement() }
    }

    /// A node said whose the slot is now. Others may have moved too.
    func note(_ slot: KeySlot, ownedBy node: RedisAddress) {
        state.withLock { $0.map?[slot] = node }
        distrust()
    }

    /// Something was not as the map says: asks anew, behind the caller's back.
    func distrust() { _ = lookUp() }

    private func map() async throws -> SlotMap {
        if let map = state.withLock({ $0.map }) { return map }
        return try await lookUp().value
    }

    /// One question at a time, for all who want to know.
    private func lookUp() -> Task<SlotMap, any Error> {
        state.withLock { state in
            if let running = state.lookUp { return running }
            let earliest = state.lastLookUp.map { $0 + Self.pause }
            let known = state.map?.nodes ?? []
            let task = Task { try await self.answer(after: earliest, known: known) }
            state.lookUp = task
            return task
        }
    }

    private func answer(after earliest: ContinuousClock.Instant?, known: [RedisAddress]) async throws -> SlotMap {
        if let earliest { try await Task.sleep(until: earliest, clock: .continuous) }
        let seeds = seed.nodes
        let answer: Result<SlotMap, any Error>
        do {
            answer = .success(try await Self.first(of: seeds + known.filter { !seeds.contains($0) }, ask))
        } catch {
            answer = .failure(error)
        }
        state.withLock { state in
            if case .success(let map) = answer { state.map = map }
            state.lastLookUp = .now
            state.lookUp = nil
        }
        return try answer.get()
    }

    /// The first good answer; the first error when there is none.
    private static func first(
        of nodes: [RedisAddress], _ ask: @escaping @Sendable (RedisAddress) async throws -> SlotMap
    ) async throws -> SlotMap {
        try await withThrowingTaskGroup(of: SlotMap.self) { group in
            for node in nodes { group.addTask { try await ask(node) } }
            defer { group.cancelAll() }
            var failure: (any Error)?
            while let answer = await group.nextResult() {
                switch answer {
                case .success(let map): return map
                case .failure(let error): failure = failure ?? error
                }
            }
            throw failure ?? CancellationError()
        }
    }

    @Sendable private func ask(_ node: RedisAddress) async throws -> SlotMap {
        let client = RedisClient(seed.at(node), options: options)
        // Not waited for: a host that is gone can keep a connection attempt for long.
        defer { Task { await client.close() } }
        let map = try await SlotMap(client.ask(RedisCommand("CLUSTER SLOTS")), from: node)
        guard !map.nodes.isEmpty else {
            throw RedisError.busy(command: "CLUSTER SLOTS", code: "CLUSTERDOWN", message: "\(node) knows no slots")
        }
        return map
    }
}
