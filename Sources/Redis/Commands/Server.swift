extension RedisCommand {
    public static let ping = RedisCommand("PING")
    public static let time = RedisCommand("TIME")
    public static let flushall = RedisCommand("FLUSHALL")
    public static func info(_ section: String) -> RedisCommand { RedisCommand("INFO", [.string(section)]) }
    public static func configGet(_ pattern: String) -> RedisCommand { RedisCommand("CONFIG GET", [.string(pattern)]) }
}

extension RedisExecutor {
    /// Whether the server is there and lets us in; throws if not.
    public func ping() async throws { try await send(.ping) }

    /// The facts of one section of `INFO` (`server`, `memory`, `stats`, …), by name.
    public func info(_ section: String = "default") async throws -> [String: String] {
        Self.facts(try await ask(.info(section)).text())
    }

    /// What a node of a cluster knows of it: `cluster_state`, `cluster_size`, …; fails on a single server.
    public func clusterInfo() async throws -> [String: String] {
        Self.facts(try await ask(RedisCommand("CLUSTER INFO")).text())
    }

    private static func facts(_ text: String) -> [String: String] {
        let facts = text.split(whereSeparator: \.isNewline).compactMap { line -> (String, String)? in
            guard !line.hasPrefix("#"), let colon = line.firstIndex(of: ":") else { return nil }
            return (String(line[..<colon]), String(line[line.index(after: colon)...]))
        }
        return Dictionary(facts) { _, last in last }
    }

    /// The server's clock, as the time since 1970, to the microsecond.
    public func time() async throws -> Duration {
        let parts = try await ask(.time).elements(atLeast: 2)
        return .seconds(try parts[0].integer()) + .microseconds(try parts[1].integer())
    }

    /// The settings whose names match a pattern such as `maxmemory*`.
    public func configGet(_ pattern: String) async throws -> [String: String] {
        let pairs = try await ask(.configGet(pattern)).pairs().map { ($0.name, try $0.value.text()) }
        return Dictionary(pairs) { _, last in last }
    }

    /// Deletes everything, in all databases.
    public func flushall() async throws { try await send(.flushall) }
}
