import Foundation
public import HoneBus
import HoneCore
import Redis

extension RedisTransport {
    /// The epoch's name begins with the server's time of its beginning, in milliseconds.
    func beginEpoch() async throws {
        guard try await epoch() == nil else { return }
        try await translating(keys: [keys.epoch]) {
            let now = try await commands.time() / .milliseconds(1)
            let name = "\(Int(now))-\(String(UInt64.random(in: .min ... .max), radix: 36))"
            try await commands.send(RedisCommand("SET", [.string(keys.epoch), .string(name), "NX"]))
        }
    }

    public func epoch() async throws -> BusEpoch? {
        try await translating(keys: [keys.epoch]) {
            guard let name = try await commands.send(RedisCommand("GET", [.string(keys.epoch)])).string else {
                return nil
            }
            guard let began = name.split(separator: "-").first.flatMap({ Int64($0) }) else {
                throw BusError.wrongType(key: keys.epoch)
            }
            return BusEpoch(name: name, age: try await commands.time() - .milliseconds(began))
        }
    }

    public func incarnation() async throws -> String {
        try await translating(keys: [keys.epoch]) {
            let servers = try await tryEach(commands.servers) { try await $0.info("server")["run_id"] ?? "" }.all()
            let epoch = try await commands.send(RedisCommand("GET", [.string(keys.epoch)])).string
            return ([epoch ?? "none"] + servers.sorted()).joined(separator: " ")
        }
    }

    /// Of a cluster, that of the fullest node.
    public func memory() async throws -> BusMemory {
        try await translating {
            let answers = try await tryEach(commands.servers) { server in
                let facts = try await server.info("memory")
                let limit = facts["maxmemory"].flatMap { Int($0) } ?? 0
                return BusMemory(bytes: facts["used_memory"].flatMap { Int($0) } ?? 0, limit: limit > 0 ? limit : nil)
            }.all()
            return answers.max { ($0.share, $0.bytes) < ($1.share, $1.bytes) } ?? BusMemory(bytes: 0, limit: nil)
        }
    }

    public func announce(backlog: Int, for lifetime: Duration) async throws {
        let milliseconds = Int(lifetime / .milliseconds(1))
        _ = try await translating(keys: [keys.backlog]) {
            try await commands.send(
                RedisCommand("SET", [.string(keys.backlog), RedisArgument(backlog), "PX", RedisArgument(milliseconds)]))
        }
    }

    public func announcedBacklog() async throws -> Int? {
        try await translating(keys: [keys.backlog]) {
            try await commands.send(RedisCommand("GET", [.string(keys.backlog)])).string.flatMap { Int($0) }
        }
    }
}
