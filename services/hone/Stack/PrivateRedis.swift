import Foundation
import Redis

/// A Redis of our own: on loopback, every write on disk within a second, never evicting.
struct PrivateRedis {
    let folder: StackFolder

    static func url(port: Int) -> String { "redis://127.0.0.1:\(port)/0" }

    func start(port: Int) async throws -> ProcessIdentity {
        let data = folder.data("redis")
        try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
        let settings = [
            "--port", "\(port)", "--bind", "127.0.0.1", "--dir", data, "--daemonize", "no", "--appendonly", "yes",
            "--appendfsync", "everysec", "--maxmemory-policy", "noeviction", "--save", "3600 1",
        ]
        let process = DetachedProcess(
            command: [try Programs.find("redis-server")] + settings,
            environment: ProcessInfo.processInfo.environment, folder: "/", log: folder.log("redis"))
        return try process.start()
    }

    /// Waits until the server has read its data and answers.
    func isReady(_ server: ProcessIdentity, port: Int) async throws {
        let client = RedisClient(
            try RedisEndpoint(url: Self.url(port: port)),
            options: RedisOptions(connectPatience: .milliseconds(200), longestBackoff: .milliseconds(50)))
        try await Readiness(folder: folder, name: "redis", process: server).wait {
            (try? await client.ping()) != nil
        }
        await client.close()
    }
}
