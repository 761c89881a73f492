public import HoneCore
import Postgres

/// A gate as the record knows it.
public struct GateStanding: Sendable, Decodable {
    /// Its number among the gates of its optimization, from 1.
    public var ordinal: Int
    /// Gates that its holdout has served, this one included.
    public var looks: Int
    public var status: String
    /// Nil while it is open.
    public var results: JSONValue?
}

extension Experiments {
    /// Where a gate stands; nil when there is none of this id.
    public func gate(_ id: ExperimentID) async throws -> GateStanding? {
        try await executor.first(
            """
            select
                (select count(*) from experiments as other
                    where other.optimization_id = gate.optimization_id and other.kind = 'gate'
                        and (other.created_at, other.id) <= (gate.created_at, gate.id)) as ordinal,
                (select count(*) from experiments as other
                    where other.benchmark_id = gate.benchmark_id and other.kind = 'gate'
                        and (other.created_at, other.id) <= (gate.created_at, gate.id)) as looks,
                gate.status, gate.results
            from experiments as gate where gate.id = \(id)::uuid and gate.kind = 'gate'
            """, as: GateStanding.self)
    }

    /// What an experiment's trials that are over have cost, every attempt and the judge, as far as prices are known.
    public func spent(on id: ExperimentID) async throws -> MicroUSD {
        try await executor.first(
            """
            select coalesce(sum(ending.spent_micro_usd), 0)::bigint as spent
            from experiment_results as result join trial_endings as ending on ending.task_id = result.task_id
            where result.experiment_id = \(id)::uuid
            """, as: MicroUSD.self) ?? .zero
    }

    /// Ends a gate that is open; false when it was ended before.
    public func finishGate(
        _ id: ExperimentID, as status: String, _ results: some Encodable & Sendable
    ) async throws -> Bool {
        try await executor.run(
            """
            update experiments
            set status = \(status)::text, results = \(JSONText(results))::jsonb, completed_at = now()
            where id = \(id)::uuid and status = 'running'
            """) > 0
    }
}
