import Foundation
import Postgres

/// Whether Postgres is fit to hold the record, and up to date.
struct PostgresExamination {
    let connections: Connections
    let migrations: String

    func findings() async -> [Finding] {
        do {
            let pool = try PostgresPool(url: connections.databaseURL())
            do {
                let findings = try await look(pool)
                await pool.close()
                return findings
            } catch {
                await pool.close()
                throw error
            }
        } catch {
            return [
                .unreachable(
                    "postgres", error, advice: "start it (`hone up` starts a private one) or mend DATABASE_URL")
            ]
        }
    }

    private func look(_ pool: PostgresPool) async throws -> [Finding] {
        let number = try await pool.first("select current_setting('server_version_num')::bigint", as: Int.self) ?? 0
        let before = Date()
        let time = try await pool.first("select clock_timestamp() as now", as: Date.self) ?? before
        let here = (before.timeIntervalSince1970 + Date().timeIntervalSince1970) / 2
        return [
            Finding(
                number >= 140_000 ? .fine : .wrong, "postgres version", "\(number / 10_000).\(number % 10_000)",
                advice: "Hone needs Postgres 14 or later"),
            .clock("postgres", skew: time.timeIntervalSince1970 - here), try await schema(pool),
        ]
    }

    private func schema(_ pool: PostgresPool) async throws -> Finding {
        let advice = "run `hone migrate`"
        let table = try await pool.first("select to_regclass('schema_migrations')::text as name", as: String?.self)
        guard table != nil, table != .some(nil) else { return Finding(.wrong, "schema", "empty", advice: advice) }
        let versions = Set(try await pool.query("select version::bigint from schema_migrations", as: Int.self))
        let files = ((try? FileManager.default.contentsOfDirectory(atPath: migrations)) ?? [])
            .filter { $0.hasSuffix(".sql") }.sorted()
        let missing = files.filter { file in
            Int(file.prefix { $0.isNumber }).map { !versions.contains($0) } ?? false
        }
        return missing.isEmpty
            ? Finding(.fine, "schema", "version \(versions.max() ?? 0)")
            : Finding(.wrong, "schema", "lacks \(missing.joined(separator: ", "))", advice: advice)
    }
}
