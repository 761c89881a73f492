import Foundation
import HoneCore
import HoneStore

/// What a prompt that passed the gate was better by.
struct Improvement: Sendable {
    var optimizationID: OptimizationID
    var agentID: AgentID
    var category: HoneCore.Category?
    /// What was changed, in words.
    var description: String
    /// Of the success rate on the sealed holdout, with its interval.
    var delta: Double
    var deltaLow: Double?
    var deltaHigh: Double?
    /// That it is better at all, 0…1.
    var confidence: Double
    /// What the gate measured.
    var validation: JSONValue

    func insight(at now: Date, keptFor days: Int) -> Insight {
        Insight(
            id: optimizationID.uuid.derived("insight"), target: agentID.rawValue, category: category,
            description: description, delta: delta, deltaLow: deltaLow, deltaHigh: deltaHigh, confidence: confidence,
            validated: true, validation: validation, optimizationID: optimizationID, createdAt: now,
            expiresAt: now.addingTimeInterval(Double(days) * 86_400))
    }
}

/// What was remembered for a search.
struct Recollection: Sendable, Hashable {
    /// How the insights were found.
    enum Way: String, Sendable, Hashable, Codable {
        /// Their vectors are nearest to the question's.
        case similarity
        /// The agent's own, then its category's, then others', each the newest first.
        case target
    }

    var way: Way
    var insights: [Insight]
}
