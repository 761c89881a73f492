import Foundation
import Redis

/// A Redis of our own: on loopback, every write on disk within a second, never evicting.
struct PrivateRedis: PrivateServer {
    static let name = "redis"

    let folder: StackFolder

    static func url(port: Int) -> String { "redis://127.0.0.1:\(port)/0" }

    func start(port: Int) async throws -> ProcessIdentity {
        let data = folder.data(Self.name)
        try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
        let settings = [
            "--port", "\(port)", "--bind", "127.0.0.1", "--dir", data, "--daemonize", "no", "--appendonly", "yes",
            "--appendfsync", "everysec", "--maxmemory-policy", "noeviction", "--save", "3600 1",
        ]
        let process = DetachedProcess(
            command: [try Programs.find("redis-server")] + settings,
            environment: ProcessInfo.processInfo.environment, folder: "/", log: folder.log(Self.name))
        return try process.start()
    }

    /// Waits until the server has read its data and answers.
    func isReady(_ server: ProcessIdentity, port: Int) async throws {
        let client = RedisClient(
            try RedisEndpoint(url: Self.url(port: port)),
            options: RedisOptions(connectPatience: .milliseconds(200), longestBackoff: .milliseconds(50)))
        do {
            try await Readiness(folder: folder, name: Self.name, process: server).wait {
                guard (try? await client.ping()) != nil else { return false }
                return (try? await client.info("server")["process_id"]) == "\(server.pid)"
            }
        } catch {
            await client.close()
            throw error
        }
        await client.close()
    }
}
