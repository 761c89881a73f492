public import HoneBus
import HoneCore
import Redis

extension RedisTransport {
    /// The oldest server that tells a group's lag and forgets pending entries whose body is gone.
    static let oldestVersion = 7

    public func prepare(_ topics: [Topic]) async throws {
        try await translating {
            try await checkVersion()
            try await checkTypes()
        }
        for topic in topics where !topic.groups.isEmpty {
            for stream in streams(of: topic) { try await createGroups(topic.groups, on: keys.key(stream)) }
        }
        try await beginEpoch()
    }

    private func checkVersion() async throws {
        for server in try await commands.servers {
            let version = try await server.info("server")["redis_version"] ?? ""
            let major = version.split(separator: ".").first.flatMap { Int($0) } ?? 0
            guard major >= Self.oldestVersion else {
                throw BusError.unsupported(
                    "Redis \(version) is too old: Hone needs \(Self.oldestVersion).0 or later (\(server.endpoint))")
            }
        }
    }

    private func checkTypes() async throws {
        for (key, wanted) in [(keys.dead, "stream"), (keys.delayed, "zset")] {
            let found = try await commands.send(RedisCommand("TYPE", [.string(key)])).string
            guard found == wanted || found == "none" else { throw BusError.wrongType(key: key) }
        }
    }

    private func createGroups(_ groups: [String], on key: String) async throws {
        try await translating(keys: [key]) {
            for group in groups { try await createGroup(group, on: key) }
        }
    }

    /// A Redis that is full refuses to create even what is there, and only consumers can relieve it.
    private func createGroup(_ group: String, on key: String) async throws {
        do {
            try await commands.xgroupCreate(key, group: group)
        } catch RedisError.server(let command, "OOM", let message) {
            let groups = try? await commands.xinfoGroups(key)
            let isThere = groups?.contains { $0.name == group } ?? false
            guard isThere else { throw RedisError.server(command: command, code: "OOM", message: message) }
        }
    }
}
