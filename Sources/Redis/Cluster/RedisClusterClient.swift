/// A Redis Cluster, with one connection to each node that is asked for something.
///
/// Each command goes to the node that serves the slot of its keys. Redirections are followed, a bounded number of
/// times; while keys are between two nodes, or the cluster is not whole, a command waits up to
/// ``RedisOptions/connectPatience``. A node that is lost fails what was on its way to it, as ``RedisClient`` does; what
/// was not sent yet goes to the node that takes its place. Keys of several slots in one command or transaction are
/// refused, with the code `CROSSSLOT`. A command without keys goes to any node.
///
/// Source: the Redis Cluster specification.
public final class RedisClusterClient: RedisExecutor {
    private let topology: ClusterTopology
    private let connections: ClusterConnections
    private let options: RedisOptions

    /// `seed` is any node, or some of them; all take the same login.
    public convenience init(_ seed: RedisEndpoint, options: RedisOptions = .init()) {
        self.init(ClusterTopology(seed, options: options), options)
    }

    private init(_ topology: ClusterTopology, _ options: RedisOptions) {
        self.topology = topology
        self.options = options
        connections = ClusterConnections(topology.seed, options: options)
    }

    @discardableResult
    public func send(_ command: RedisCommand) async throws -> RedisValue {
        let reply = try await carryOut([command], on: command.slot()).first ?? .null
        if case .error(let text) = reply { throw RedisError(reply: text, to: command.name) }
        return reply
    }

    /// A transaction, `MULTI` to `EXEC`, goes out as one and is repeated as one when it is redirected. Other commands
    /// are sent to their nodes side by side; those for the same key stay in order.
    @discardableResult
    public func pipeline(_ commands: [RedisCommand]) async throws -> [RedisValue] {
        if commands.first?.name == "MULTI" { return try await carryOut(commands, on: commands.slot()) }
        var parts: [KeySlot?: [Int]] = [:]
        for (index, command) in commands.enumerated() { parts[try command.slot(), default: []].append(index) }
        return try await withThrowingTaskGroup { group in
            for (slot, indices) in parts {
                group.addTask { (indices, try await self.carryOutEach(indices.map { commands[$0] }, on: slot)) }
            }
            var replies = [RedisValue](repeating: .null, count: commands.count)
            for try await (indices, part) in group {
                for (index, reply) in zip(indices, part) { replies[index] = reply }
            }
            return replies
        }
    }

    /// The connection to every node that serves slots, for what is asked of each of them.
    public var nodes: [RedisClient] {
        get async throws { try await topology.nodes().map { try connections.client(of: $0) } }
    }

    public func close() async { await connections.close() }

    /// Another client of the same cluster with connections of its own, for reads that block.
    public func newReader(options: RedisOptions) -> RedisClusterClient { RedisClusterClient(topology, options) }

    /// Ends the read that a reader waits in as if its time were up. It loses nothing; one that does not wait feels
    /// nothing.
    public func unblock(_ reader: RedisClusterClient) async {
        for (node, client) in reader.connections.known {
            guard let number = client.connectionNumber else { continue }
            // Whoever cannot be told wakes up at the end of its time.
            _ = try? await connections.client(of: node).send(
                RedisCommand("CLIENT UNBLOCK", [RedisArgument(number), "TIMEOUT"]))
        }
    }
}

extension RedisClusterClient {
    /// Carries out one command, or one transaction, at whichever node has its slot.
    private func carryOut(_ commands: [RedisCommand], on slot: KeySlot?) async throws -> [RedisValue] {
        var patience = RedirectionPatience(options, for: commands[0].name)
        var detour: RedisAddress?
        while true {
            var node = detour
            if node == nil { node = try await topology.owner(of: slot) }
            guard let node else {
                try await patience.pause(because: "CLUSTERDOWN")
                continue
            }
            do {
                let replies = try await ask(node, commands, isDetour: detour != nil)
                detour = nil
                switch Redirection(in: replies, from: node) {
                case nil: return replies
                case .moved(let slot, let owner):
                    try patience.spend()
                    topology.note(slot, ownedBy: owner)
                case .ask(let other):
                    try patience.spend()
                    detour = other
                case .later(let code):
                    try await patience.pause(because: code)
                }
            } catch let unsent as RedisUnsent {
                detour = nil
                try await patience.pause(orThrow: unsent.cause)
            }
        }
    }

    /// Carries out commands of one slot that have nothing to do with each other; repeats only those redirected.
    private func carryOutEach(_ commands: [RedisCommand], on slot: KeySlot?) async throws -> [RedisValue] {
        var replies: [RedisValue?] = commands.map { _ in nil }
        if commands.count > 1, let node = try await topology.owner(of: slot) {
            do {
                replies = try await ask(node, commands, isDetour: false)
                    .map { Redirection(in: [$0], from: node) == nil ? $0 : nil }
            } catch is RedisUnsent {}
        }
        for index in replies.indices where replies[index] == nil {
            replies[index] = try await carryOut([commands[index]], on: slot)[0]
        }
        return replies.compactMap { $0 }
    }

    private func ask(
        _ node: RedisAddress, _ commands: [RedisCommand], isDetour: Bool
    ) async throws -> [RedisValue] {
        do {
            let client = try connections.client(of: node)
            guard isDetour else { return try await client.submit(commands) }
            return Array(try await client.submit([RedisCommand("ASKING")] + commands).dropFirst())
        } catch {
            if error is RedisUnsent || (error as? RedisError)?.isTransient == true { topology.distrust() }
            throw error
        }
    }
}
