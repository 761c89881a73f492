import Foundation

/// A real Redis Cluster of our own: primaries on free ports of loopback that share the slots evenly.
public final class TestRedisCluster: Sendable {
    public let nodes: [TestRedis]
    private let ids: [String]
    /// Two nodes that migrate keys to each other at once wait for each other in vain.
    private let migration = NSLock()
    private static let slots = 16_384

    private static let common = Task { try await TestRedisCluster.start() }

    /// The one cluster that the tests of this process share: use keys of your own, and move no slots but theirs.
    public static func shared() async throws -> TestRedisCluster { try await common.value }

    /// A cluster for one test, once it is whole. `arguments` are appended to each node's command line.
    public static func start(nodes count: Int = 3, arguments: [String] = []) async throws -> TestRedisCluster {
        var nodes: [TestRedis] = []
        for _ in 0..<count {
            let (node, bus) = try await startNode(arguments)
            try await RedisLine.ask(node.port, "CLUSTER", "SET-CONFIG-EPOCH", "\(nodes.count + 1)")
            if let first = nodes.first {
                try await RedisLine.ask(first.port, "CLUSTER", "MEET", "127.0.0.1", "\(node.port)", "\(bus)")
            }
            nodes.append(node)
        }
        var ids: [String] = []
        for (index, node) in nodes.enumerated() {
            let (first, end) = (slots * index / count, slots * (index + 1) / count)
            try await RedisLine.ask(node.port, "CLUSTER", "ADDSLOTSRANGE", "\(first)", "\(end - 1)")
            ids.append(try await RedisLine.ask(node.port, "CLUSTER", "MYID").text)
        }
        let cluster = TestRedisCluster(nodes, ids: ids)
        try await cluster.waitUntilWhole()
        return cluster
    }

    private init(_ nodes: [TestRedis], ids: [String]) {
        self.nodes = nodes
        self.ids = ids
    }

    /// With a port of its own for the bus, below those of outgoing connections, where the usual one might lie.
    /// Another process may be faster at either port; then others are tried.
    private static func startNode(_ arguments: [String]) async throws -> (node: TestRedis, bus: Int) {
        for _ in 0..<3 {
            let bus = try freePort()
            let settings = ["--cluster-enabled", "yes", "--cluster-port", "\(bus)", "--cluster-node-timeout", "2000"]
            if let node = try? await TestRedis.start(arguments: settings + arguments) { return (node, bus) }
        }
        throw ServerFailure("no node of a Redis Cluster could be started")
    }

    /// The address of one node: the others can be learnt from it.
    public var url: String { nodes[0].url }

    public func stop() { for node in nodes { node.stop() } }

    /// Another server, which follows a node and takes its place when that is gone.
    public func addReplica(of node: Int) async throws -> TestRedis {
        let (replica, bus) = try await Self.startNode([])
        try await RedisLine.ask(nodes[node].port, "CLUSTER", "MEET", "127.0.0.1", "\(replica.port)", "\(bus)")
        try await eventually("the replica is known everywhere") {
            for port in nodes.map(\.port) + [replica.port] {
                let facts = try await RedisLine.ask(port, "CLUSTER", "INFO").text
                guard facts.contains("cluster_known_nodes:\(nodes.count + 1)") else { return false }
            }
            return true
        }
        try await RedisLine.ask(replica.port, "CLUSTER", "REPLICATE", ids[node])
        try await eventually("the replica follows") {
            try await RedisLine.ask(replica.port, "INFO", "replication").text.contains("master_link_status:up")
        }
        return replica
    }

    /// Waits until every node knows all others and every slot is served.
    public func waitUntilWhole() async throws {
        try await eventually(within: .seconds(30), "the cluster is whole") {
            for node in nodes {
                let facts = try await RedisLine.ask(node.port, "CLUSTER", "INFO").text
                let expected = ["state:ok", "known_nodes:\(nodes.count)", "slots_ok:\(Self.slots)"]
                guard expected.allSatisfy({ facts.contains("cluster_" + $0) }) else { return false }
            }
            return true
        }
    }
}

/// Moving slots, the way an operator does. Source: the documentation of `CLUSTER SETSLOT`.
extension TestRedisCluster {
    /// Which node serves a slot.
    public func owner(of slot: Int) async throws -> Int {
        for range in try await RedisLine.ask(nodes[0].port, "CLUSTER", "SLOTS").list {
            let parts = range.list
            guard let first = Int(parts[0].text), let last = Int(parts[1].text), first <= slot, slot <= last else {
                continue
            }
            if let owner = nodes.firstIndex(where: { "\($0.port)" == parts[2].list[1].text }) { return owner }
        }
        throw ServerFailure("nobody serves slot \(slot)")
    }

    /// Moves a slot with its keys, and the other nodes know it at once.
    public func move(_ slot: Int, to target: Int) async throws {
        let source = try await owner(of: slot)
        guard source != target else { return }
        try await beginMoving(slot, from: source, to: target)
        while true {
            let keys = try await RedisLine.ask(nodes[source].port, "CLUSTER", "GETKEYSINSLOT", "\(slot)", "8").list
            if keys.isEmpty { break }
            try await moveKeys(keys.map(\.text), from: source, to: target)
        }
        try await finishMoving(slot, from: source, to: target)
    }

    /// From now on the source redirects what it does not have, once per command.
    public func beginMoving(_ slot: Int, from source: Int, to target: Int) async throws {
        try await RedisLine.ask(nodes[target].port, "CLUSTER", "SETSLOT", "\(slot)", "IMPORTING", ids[source])
        try await RedisLine.ask(nodes[source].port, "CLUSTER", "SETSLOT", "\(slot)", "MIGRATING", ids[target])
    }

    public func moveKeys(_ keys: [String], from source: Int, to target: Int) async throws {
        let words = ["MIGRATE", "127.0.0.1", "\(nodes[target].port)", "", "0", "5000", "KEYS"]
        try await RedisLine.ask(nodes[source].port, words + keys, holding: migration)
    }

    /// The target owns the slot; the source redirects for good.
    public func finishMoving(_ slot: Int, from source: Int, to target: Int) async throws {
        let others = nodes.indices.filter { $0 != source && $0 != target }
        for node in [target, source] + others {
            try await RedisLine.ask(nodes[node].port, "CLUSTER", "SETSLOT", "\(slot)", "NODE", ids[target])
        }
    }
}
