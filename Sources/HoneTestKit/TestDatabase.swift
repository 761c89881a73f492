public import Foundation
public import HoneStore
public import Postgres
import TestServers

/// A database of a test's own, with every table in it.
///
/// All are copies of one that is migrated once per process, and gone when the process is.
public struct TestDatabase: Sendable {
    public let url: String
    /// For what the store has no words for.
    public let pool: PostgresPool
    public let store: Store
    /// What services see that the holdout is sealed against.
    public let sealed: Store

    /// The repository that this kit belongs to.
    public static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static let template = Task {
        let url = try await TestPostgres.shared().createDatabase()
        try await Store.migrate(url, from: repository.appending(path: "infra/migrations").path)
        return url.split(separator: "/").last.map(String.init)
    }

    /// Makes a fresh one.
    public static func create() async throws -> TestDatabase {
        let url = try await TestPostgres.shared().createDatabase(template: template.value)
        var options = PoolOptions()
        options.maxConnections = 6
        let pool = try PostgresPool(url: url, options: options)
        options.connection.sessionSettings["role"] = HoldoutSeal.role
        return TestDatabase(
            url: url, pool: pool, store: Store(pool: pool), sealed: try Store(url: url, options: options))
    }

    /// Closes the connections. The database stays until its server goes: ext4 looks at every file that was lately deleted
    /// before it makes a new one, so who drops hundreds of files makes the next copy slow.
    public func close() async {
        await store.close()
        await sealed.close()
    }

    /// The number of rows in each of these tables.
    public func counts(_ tables: [String]) async throws -> [String: Int] {
        var counts: [String: Int] = [:]
        for table in tables {
            counts[table] = try await pool.first("select count(*) from \(identifier: table)", as: Int.self)
        }
        return counts
    }
}
