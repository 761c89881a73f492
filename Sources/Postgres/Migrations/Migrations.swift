import Foundation

/// The forward-only SQL files of one directory, `0001_name.sql`, `0002_name.sql`, …
///
/// Each runs once, in its own transaction, in the order of the numbers, and is recorded in `schema_migrations`.
public struct Migrations: Sendable {
    let files: [MigrationFile]

    /// The same for every process, so that only one applies at a time.
    private static let lock: Int64 = 0x686f_6e65_6d69_6772

    /// Reads the directory. Throws ``MigrationError`` for a file whose name has no number, and for a number used twice.
    public init(directory path: String) throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasSuffix(".sql") }.sorted()
        files = try names.map { try MigrationFile(name: $0, in: path) }.sorted { $0.version < $1.version }
        for (earlier, later) in zip(files, files.dropFirst()) where earlier.version == later.version {
            throw MigrationError.ambiguous(file: later.name, other: earlier.name)
        }
    }

    /// Applies what is missing and returns the names of the files it applied. Uses a connection of its own, without a
    /// statement time limit. An applied file that has changed since is a ``MigrationError``, and nothing is applied.
    @discardableResult
    public func apply(to pool: PostgresPool) async throws -> [String] {
        try await apply(to: pool.settings)
    }

    /// Applies what is missing to the database at a URL; see ``apply(to:)-(PostgresPool)``.
    @discardableResult
    public func apply(toURL url: String) async throws -> [String] {
        try await apply(to: ConnectionSettings(url: url, options: PostgresOptions()))
    }

    private func apply(to settings: ConnectionSettings) async throws -> [String] {
        var options = settings.options
        options.statementTimeout = nil
        let connection = try await PostgresConnection.open(settings.with(options))
        let applied = try await connection.withAdvisoryLock(Self.lock) { try await applyMissing(on: connection) }
        await connection.close()
        return applied
    }

    private func applyMissing(on connection: PostgresConnection) async throws -> [String] {
        try await connection.execute(script: Self.table)
        let missing = try missingFiles(
            after: try await records(on: connection), checksums: await checksums(on: connection))
        for (file, checksum) in missing {
            try await connection.transaction { _ in
                try await apply(file, checksum, on: connection)
            }
        }
        return missing.map(\.file.name)
    }

    private func apply(_ file: MigrationFile, _ checksum: String, on connection: PostgresConnection) async throws {
        do {
            try await connection.execute(script: file.script)
        } catch let error as DatabaseError {
            throw MigrationError.failed(file: file.name, error)
        }
        try await connection.run(
            """
            insert into schema_migrations (version, name, checksum) values (\(file.version), \(file.name), \(checksum))
            """)
    }

    private func missingFiles(
        after records: [MigrationRecord], checksums: [String]
    ) throws -> [(file: MigrationFile, checksum: String)] {
        let recorded = Dictionary(uniqueKeysWithValues: records.map { ($0.version, $0) })
        let newest = records.map(\.version).max() ?? 0
        return try zip(files, checksums).compactMap { file, checksum in
            if let record = recorded[file.version] {
                guard record.checksum == checksum else { throw MigrationError.changed(file: file.name) }
                return nil
            }
            guard file.version > newest else { throw MigrationError.outOfOrder(file: file.name, newest: newest) }
            return (file, checksum)
        }
    }

    private func records(on connection: PostgresConnection) async throws -> [MigrationRecord] {
        try await connection.query("select version, checksum from schema_migrations", as: MigrationRecord.self)
    }

    /// SHA-256 of each file, reckoned by the server, which has it at hand.
    private func checksums(on connection: PostgresConnection) async throws -> [String] {
        try await connection.query(
            """
            select encode(sha256(convert_to(script, 'UTF8')), 'hex')
            from unnest(\(files.map(\.script))::text[]) with ordinality as files (script, place) order by place
            """, as: String.self)
    }

    private static let table = """
        create table if not exists schema_migrations (
            version bigint primary key,
            name text not null,
            checksum text not null,
            applied_at timestamptz not null default now()
        )
        """
}

private struct MigrationRecord: Decodable {
    let version: Int
    let checksum: String
}
