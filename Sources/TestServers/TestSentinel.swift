import Foundation

/// A primary, a replica, and three sentinels that promote the replica soon after the primary is gone.
public final class TestSentinel: Sendable {
    public static let primaryName = "mymaster"

    /// The primary at the start.
    public let primary: TestRedis
    public let replica: TestRedis
    public let ports: [Int]
    /// Of the sentinels themselves.
    private let password: String?
    private let sentinels: [ServerProcess]

    /// `arguments` are appended to the command lines of primary and replica; `password` is what the sentinels ask for.
    public static func start(arguments: [String] = [], password: String? = nil) async throws -> TestSentinel {
        let primary = try await TestRedis.start(arguments: arguments)
        let replica = try await TestRedis.start(
            arguments: arguments + ["--replicaof", "127.0.0.1 \(primary.port)", "--repl-diskless-sync-delay", "0"])
        try await eventually("the replica follows") {
            try await RedisLine.ask(replica.port, "INFO", "replication").text.contains("master_link_status:up")
        }
        let rig = try TestSentinel(primary, replica, password)
        try await rig.waitUntilWatched()
        return rig
    }

    private init(_ primary: TestRedis, _ replica: TestRedis, _ password: String?) throws {
        self.primary = primary
        self.replica = replica
        self.password = password
        ports = try (0..<3).map { _ in try freePort() }
        sentinels = try ports.map { try Self.launch(port: $0, watching: primary.port, password) }
    }

    /// All sentinels, for `redis+sentinel://`; without their password.
    public var url: String {
        "redis+sentinel://\(ports.map { "127.0.0.1:\($0)" }.joined(separator: ","))/\(Self.primaryName)"
    }

    /// The port of the server that the sentinels take for the primary.
    public func primaryPort() async throws -> Int? {
        let reply = try await ask(ports[0], "get-master-addr-by-name")
        return Int(reply.list.last?.text ?? "")
    }

    public func stop() {
        for sentinel in sentinels { sentinel.stop() }
        primary.stop()
        replica.stop()
    }

    private func ask(_ port: Int, _ question: String) async throws -> RedisLine.Reply {
        try await RedisLine.ask(port, ["SENTINEL", question, Self.primaryName], password: password)
    }

    private static func launch(port: Int, watching primary: Int, _ password: String?) throws -> ServerProcess {
        let folder = FileManager.default.temporaryDirectory.path + "/test-sentinel-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let login = password.map { "requirepass \($0)\nsentinel sentinel-pass \($0)" } ?? ""
        let settings = """
            port \(port)
            bind 127.0.0.1
            dir \(folder)
            sentinel monitor \(primaryName) 127.0.0.1 \(primary) 2
            sentinel down-after-milliseconds \(primaryName) 500
            sentinel failover-timeout \(primaryName) 3000
            \(login)
            """
        let file = folder + "/sentinel.conf"
        try settings.write(toFile: file, atomically: true, encoding: .utf8)
        return try ServerProcess(
            ServerProcess.find("redis-server"), [file, "--sentinel"], log: folder + "/sentinel.log", scratch: folder)
    }

    /// Until each sentinel knows the replica and the two others, a fail-over cannot be agreed upon.
    private func waitUntilWatched() async throws {
        try await eventually(within: .seconds(30), "the sentinels know each other") {
            for port in ports {
                guard let reply = try? await ask(port, "MASTER") else { return false }
                let facts = reply.list.map(\.text)
                let pairs = zip(facts, facts.dropFirst()).map { "\($0)=\($1)" }
                guard pairs.contains("num-other-sentinels=2"), pairs.contains("num-slaves=1") else { return false }
            }
            return true
        }
    }
}
