import Foundation
import Redis
import TestServers

/// A key, group or consumer that no other test uses.
func unique(_ name: String = "key") -> String { "test:\(name):\(UUID().uuidString)" }

/// A client of the server that all tests share, closed at the end.
func withClient<Result>(
    _ options: RedisOptions = .init(), _ body: (RedisClient) async throws -> Result
) async throws -> Result {
    try await withClient(of: TestRedis.shared(), options, body)
}

/// A client of one server, closed at the end.
func withClient<Result>(
    of server: TestRedis, _ options: RedisOptions = .init(), _ body: (RedisClient) async throws -> Result
) async throws -> Result {
    let client = RedisClient(try RedisEndpoint(url: server.url), options: options)
    do {
        let result = try await body(client)
        await client.close()
        return result
    } catch {
        await client.close()
        throw error
    }
}

/// What a piece of work threw, nil if nothing.
func errorOf(_ work: () async throws -> Void) async -> RedisError? {
    do {
        try await work()
        return nil
    } catch {
        return error as? RedisError
    }
}

func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
