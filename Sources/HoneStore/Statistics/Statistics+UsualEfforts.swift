public import Foundation
import Postgres

/// What ``Statistics/efforts(since:)`` told somebody.
struct UsualEfforts: Decodable {
    var efforts: [Effort]
    /// Seconds since then.
    var age: Double

    /// For how long they are good, so that working them out, some two microseconds per task, never takes more than a
    /// hundredth of a processor: 200 s for a million tasks, which do not change their ways sooner.
    private var life: Duration {
        .microseconds(200) * efforts.filter { $0.agentID == nil && $0.complexity == nil }.reduce(0) { $0 + $1.tasks }
    }

    func isYounger(than limit: Duration) -> Bool { .seconds(age) < max(limit, life) }
}

extension Store {
    /// ``Statistics/efforts(since:)`` as a process of the installation last worked it out, at most `age` ago, or longer where
    /// that is much work. Where nobody has, this one does, and others that ask meanwhile make do with what there was.
    public func usualEfforts(since time: Date, within age: Duration) async throws -> [Effort] {
        let known = try await statistics.usualEfforts()
        if let known, known.isYounger(than: age) { return known.efforts }
        return try await transaction { store in
            let isMine = try await store.locks.tryAcquire("efforts")
            if let known, !isMine { return known.efforts }
            let efforts = try await store.statistics.efforts(since: time)
            if isMine { try await store.statistics.keep(efforts) }
            return efforts
        }
    }
}

extension Statistics {
    fileprivate func usualEfforts() async throws -> UsualEfforts? {
        try await executor.first(
            """
            select efforts, extract(epoch from now() - made_at)::double precision as age from usual_efforts
            """, as: UsualEfforts.self)
    }

    fileprivate func keep(_ efforts: [Effort]) async throws {
        try await executor.run(
            """
            insert into usual_efforts (efforts) values (\(JSONText(efforts))::jsonb)
            on conflict (single) do update set efforts = excluded.efforts, made_at = now()
            """)
    }
}
