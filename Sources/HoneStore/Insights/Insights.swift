public import Foundation
public import HoneCore
import Postgres

/// `insights`: what improvements taught, until it expires.
public struct Insights: Sendable {
    let executor: any SQLExecutor

    /// Every insight as ``Insight`` wants it, with its vector.
    private static let everyInsight: SQL = """
        select id, type, target, category, description, delta, delta_low, delta_high, confidence, validated, validation,
            optimization_id as "optimizationID", embedding_model, created_at, expires_at, embedding
        from insights
        """

    /// Keeps an insight, with a vector of `insight.embeddingModel` where there is one. False when that optimization's, or
    /// one of that id, is on record already.
    public func record(_ insight: Insight, embedding: [Double]?) async throws -> Bool {
        try await executor.run(
            """
            insert into insights (
                id, type, target, category, description, delta, delta_low, delta_high, confidence, validated, validation,
                embedding, embedding_model, optimization_id, created_at, expires_at)
            values (
                \(insight.id)::uuid, \(insight.type)::text, \(insight.target.storable)::text,
                \(insight.category)::text, \(insight.description.storable)::text, \(insight.delta)::double precision,
                \(insight.deltaLow)::double precision, \(insight.deltaHigh)::double precision,
                \(insight.confidence)::double precision, \(insight.validated)::boolean,
                \(JSONText(insight.validation))::jsonb, \(embedding.map(Self.unit))::double precision[],
                \(embedding == nil ? nil : insight.embeddingModel)::text, \(insight.optimizationID)::uuid,
                \(insight.createdAt)::timestamptz, \(insight.expiresAt)::timestamptz)
            on conflict do nothing
            """) > 0
    }

    /// The most similar to a vector, by the cosine; only those that the same model embedded can be compared.
    public func nearest(
        to vector: [Double], of model: ModelID, type: String = "prompt", at time: Date, limit: Int
    ) async throws -> [Insight] {
        try await executor.query(
            """
            select insight.* from (\(fragment: Self.everyInsight)) as insight
            cross join lateral (
                select sum(mine * theirs) as cosine
                from unnest(embedding, \(Self.unit(vector))::double precision[]) as pair (mine, theirs)
            ) as likeness
            where embedding_model = \(model)::text and type = \(type)::text
                and cardinality(embedding) = \(vector.count)::integer
                and (expires_at is null or expires_at > \(time)::timestamptz)
            order by cosine desc, created_at desc, id limit \(limit)::bigint
            """, as: Insight.self)
    }

    /// The target's own, then those of its category, then all others, each the newest first.
    public func latest(
        for target: String, in category: HoneCore.Category?, type: String = "prompt", at time: Date, limit: Int
    ) async throws -> [Insight] {
        try await executor.query(
            """
            select * from (\(fragment: Self.everyInsight)) as insight
            where type = \(type)::text and (expires_at is null or expires_at > \(time)::timestamptz)
            order by target = \(target.storable)::text desc, coalesce(category = \(category)::text, false) desc,
                created_at desc, id
            limit \(limit)::bigint
            """, as: Insight.self)
    }

    /// Deletes what has expired; returns how many there were.
    @discardableResult
    public func expire(at time: Date) async throws -> Int {
        try await executor.run(
            """
            delete from insights where expires_at <= \(time)::timestamptz
            """)
    }

    /// Of length one, so that a sum of products is the cosine.
    private static func unit(_ vector: [Double]) -> [Double] {
        let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return length > 0 && length.isFinite ? vector.map { $0 / length } : vector
    }
}
