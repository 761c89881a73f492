import Foundation
import HoneCore
import HoneModels
import HoneStore
import Logging

/// The optimizer's memory: keeps what improvements taught, and finds what of it bears on a new search.
struct InsightDesk: Sendable {
    /// How many insights ground a search.
    static let recalled = 5

    let store: Store
    let models: ModelCatalog
    /// What embeds insights and questions; nil: they are found by target.
    let embeddingModel: ModelID?
    let retentionDays: Int
    let logger: Logger

    /// Keeps what an improvement taught; nil when it is kept already. Without a vector, where the model gives none.
    @discardableResult
    func remember(_ improvement: Improvement, at now: Date = Date()) async throws -> Insight? {
        var insight = improvement.insight(at: now, keptFor: retentionDays)
        let vector = try await vector(of: insight.description, for: improvement.agentID)
        insight.embeddingModel = vector == nil ? nil : embeddingModel
        return try await store.insights.record(insight, embedding: vector) ? insight : nil
    }

    /// The insights that bear most on what is said of an agent's task: by similarity where there are vectors to compare,
    /// else by target and age.
    func recall(
        about text: String, for agent: AgentID, in category: HoneCore.Category?, at now: Date = Date()
    ) async throws -> Recollection {
        if let embeddingModel, let vector = try await vector(of: text, for: agent) {
            let near = try await store.insights.nearest(to: vector, of: embeddingModel, at: now, limit: Self.recalled)
            if !near.isEmpty { return Recollection(way: .similarity, insights: near) }
        }
        let latest = try await store.insights.latest(
            for: agent.rawValue, in: category, at: now, limit: Self.recalled)
        return Recollection(way: .target, insights: latest)
    }

    /// Nil without a model, or when it cannot be had: memory is a help, and no reason to stop.
    private func vector(of text: String, for agent: AgentID) async throws -> [Double]? {
        guard let embeddingModel else { return nil }
        do {
            let payer = CallPayer(.embedding, agentID: agent)
            return try await models.embed([text], on: embeddingModel, payer: payer).vectors.first
        } catch let fault as ModelFault {
            logger.warning("no vector for an insight", metadata: ["error": "\(fault)"])
            return nil
        }
    }
}
