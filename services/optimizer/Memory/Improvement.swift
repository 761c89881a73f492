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

    /// As whoever proposes prompts is told them, the most relevant first.
    var sentences: [String] { insights.map(\.sentence) }
}

extension Insight {
    /// `juno on sentiment: 8 examples instead of 10. (+20 points, 95 % interval +8 to +32)`
    fileprivate var sentence: String {
        let interval = deltaLow.flatMap { low in
            deltaHigh.map { ", 95 % interval \(Self.points(low)) to \(Self.points($0))" }
        }
        return "\(description) (\(Self.points(delta)) points\(interval ?? ""))"
    }

    private static func points(_ share: Double) -> String {
        (100 * share).formatted(
            .number.precision(.fractionLength(0)).sign(strategy: .always()).locale(Locale(identifier: "en_US_POSIX")))
    }
}
