import Foundation
import HoneBus
import HoneCore
import HoneMessages
import HoneRedis
import HoneService
import HoneStore
import Postgres
import Redis

/// The ways to Redis and Postgres. Each is looked up when it is asked for, so that a command needs only what it uses.
struct Connections {
    let source: SettingsSource

    /// As the environment, `.env` and the stack of the working directory say.
    static func standard() async throws -> Connections { Connections(source: try await .standard()) }

    var namespace: String { source.text("HONE_NAMESPACE") ?? "hone" }

    var maxBacklog: Int { source.text("HONE_MAX_BACKLOG").flatMap { Int($0) } ?? 100_000 }

    /// The whole catalogue; the bridge's part only where it is on.
    var topics: [Topic] { source.text("HONE_CELERY_QUEUE") == nil ? Topic.all : Topic.all + Topic.bridge }

    func databaseURL() throws -> String { try url("DATABASE_URL") }

    func redisEndpoint() throws -> RedisEndpoint { try RedisEndpoint(url: url("REDIS_URL")) }

    func store() throws -> Store {
        var options = PoolOptions()
        options.connection.applicationName = "hone-cli"
        return try Store(url: databaseURL(), options: options)
    }

    func transport() throws -> RedisTransport {
        var options = RedisTransportOptions()
        options.namespace = namespace
        options.partitions = source.text("HONE_PARTITIONS").flatMap { Int($0) } ?? 1
        options.clientName = "hone-cli"
        return RedisTransport(try redisEndpoint(), options: options)
    }

    /// Runs `body` with a store that is closed afterwards.
    func withStore<Value>(_ body: (Store) async throws -> Value) async throws -> Value {
        let store = try store()
        do {
            let value = try await body(store)
            await store.close()
            return value
        } catch {
            await store.close()
            throw error
        }
    }

    /// Runs `body` with a transport that is closed afterwards.
    func withTransport<Value>(_ body: (RedisTransport) async throws -> Value) async throws -> Value {
        let transport = try transport()
        do {
            let value = try await body(transport)
            await transport.close()
            return value
        } catch {
            await transport.close()
            throw error
        }
    }

    private func url(_ name: String) throws -> String {
        guard let url = source.text(name) else {
            throw CommandFault("\(name) is not set, and no stack is up here: set it, or run `hone up`")
        }
        return url
    }
}
