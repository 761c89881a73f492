public import Foundation
public import HoneCore
public import Postgres

/// One step of a task's way, known by what is missing when its message is lost.
public enum Hop: String, Sendable, CaseIterable, PostgresEncodable {
    /// A task that is not over: it waits for an agent, or for its attempt's end.
    case open
    /// Completed, and not scored.
    case score
    /// A failed attempt that is not counted, or ended its task without a ledger row.
    case failure
    /// Ended without a result, and nobody is known to have been told.
    case end
    /// Scored, and not in the ledger.
    case reward
    /// Scored, and nobody has decided who reviews it.
    case plan
    /// A review that is due, and not there.
    case review
    /// A review that the ledger has not seen.
    case opinion

    /// Those that are found by comparing causes with effects.
    public static let compared = allCases.filter { $0 != .open }
}

/// What the reconciler needs of the record: which tasks lack the effect of something that is on record, each told to one
/// caller. Call it in a transaction that holds the lock ``lock``.
public struct Reconciler: Sendable {
    public static let lock = "reconciler"

    let executor: any SQLExecutor

    /// The record's clock, by which all times here are told.
    public struct Clock: Sendable, Decodable {
        public var now: Date
        /// Rows dated before this are all visible: no transaction is open that may still write one.
        public var settled: Date
    }

    public func clock() async throws -> Clock {
        // A transaction of ours that is ten minutes old belongs to nobody any more; a vacuum writes no rows.
        let clock = try await executor.first(
            """
            select now() as now, coalesce(min(xact_start), now()) as settled from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
                and xact_start > now() - interval '10 minutes'
            """, as: Clock.self)
        return clock ?? Clock(now: .distantPast, settled: .distantPast)
    }

    /// What a bus's epoch means for the record.
    public struct Epoch: Sendable, Decodable {
        /// Messages from before are lost; nil while no bus lost any.
        public var lostBefore: Date?
        /// Whether it was another one until now.
        public var isNew: Bool
    }

    /// Notes which epoch the bus is in, and when that began. The first one ever seen lost nothing.
    public func note(epoch: String, began: Date) async throws -> Epoch {
        let noted = try await executor.first(
            """
            with before as (select epoch from reconciler_state)
            insert into reconciler_state as state (epoch) values (\(epoch)::text)
            on conflict (single) do update
            set epoch = excluded.epoch,
                lost_before =
                    case when state.epoch <> excluded.epoch then \(began)::timestamptz else state.lost_before end
            returning lost_before, exists (select from before where before.epoch <> state.epoch) as "isNew"
            """, as: Epoch.self)
        return noted ?? Epoch(lostBefore: nil, isNew: false)
    }
}

/// Up to when messages have surely been handled or lost, so that what has not moved since waits for nothing.
public struct Horizon: Sendable {
    /// On a bus that is gone.
    public var lost: Date
    /// On this one: whoever should have handled them is past them.
    public var passed: Date
    /// What is published again waits this long for its effect, then twice as long, and so on.
    public var patience: Duration

    public init(lost: Date?, passed: Date, patience: Duration) {
        self.lost = lost ?? .distantPast
        self.passed = passed
        self.patience = patience
    }

    var seconds: Double { patience / .seconds(1) }
}

/// A page of what the reconciler looked at.
public struct Discoveries: Sendable, Decodable {
    /// Whether there may be more.
    public var isFull: Bool
    /// The tasks whose messages are to be published again.
    public var tasks: [TaskID]
}
