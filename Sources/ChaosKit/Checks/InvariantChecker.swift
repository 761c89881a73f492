import Postgres
public import Redis

/// Proves from Postgres and Redis alone that every promise was kept. Changes neither.
public struct InvariantChecker: Sendable {
    private let databaseURL: String
    private let redis: RedisClient

    public init(databaseURL: String, redis: RedisClient) {
        self.databaseURL = databaseURL
        self.redis = redis
    }

    /// Every check with what it found.
    public func check(_ evidence: Evidence) async throws -> [Finding] {
        let connection = try await PostgresConnection.open(url: databaseURL, options: .patient)
        do {
            let findings = try await check(evidence, connection)
            await connection.close()
            return findings
        } catch {
            await connection.close()
            throw error
        }
    }

    private func check(_ evidence: Evidence, _ connection: PostgresConnection) async throws -> [Finding] {
        try await bring(evidence.tasks, to: connection)
        var findings = [try await accepted(evidence, connection)]
        var invariants = RecordInvariant.all
        if try await connection.first(RecordInvariant.plans, as: Bool.self) == true {
            invariants += RecordInvariant.plannedReviews
        }
        for invariant in invariants { findings.append(try await invariant.check(connection)) }
        findings += try await BusChecks(redis: redis, evidence: evidence).all()
        let replies = try await redis.xrange(PublishedTask.replies).compactMap(ReplySeen.init)
        return try await findings + ReplyChecks(replies: evidence.replies + replies).all(connection)
    }

    /// The ids that were published, in a table that only this session sees.
    private func bring(_ tasks: [PublishedTask], to connection: PostgresConnection) async throws {
        try await connection.execute(
            script: "create temporary table published (id uuid primary key, kind text not null)")
        try await connection.run(
            """
            insert into published
            select * from unnest(\(tasks.map(\.id))::uuid[], \(tasks.map(\.kind.rawValue))::text[])
            """)
        try await connection.execute(script: "analyze published")
    }

    /// A submission that was only in the stream when everything went was never accepted.
    private func accepted(_ evidence: Evidence, _ connection: PostgresConnection) async throws -> Finding {
        let finding = try await RecordInvariant(
            "every published task is on record", .missing,
            """
            select id::text from published where not exists (select from agent_tasks where id = published.id)
            """
        ).check(connection)
        guard evidence.flushes > 0 else { return finding }
        return Finding(
            "\(finding.invariant) (\(finding.violations) were only in a stream that was flushed)", .missing, [])
    }
}

extension PostgresOptions {
    /// For statements that read whole tables.
    static var patient: PostgresOptions {
        var options = PostgresOptions()
        options.statementTimeout = .seconds(300)
        options.applicationName = "hone-chaos-checker"
        return options
    }
}
