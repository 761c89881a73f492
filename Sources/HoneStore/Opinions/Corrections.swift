public import Foundation
public import HoneCore
public import HoneIntelligence

/// The mean of an agent's judged work, corrected by what people said of some of it.
public struct Correction: Sendable, Hashable {
    public var agentID: AgentID
    /// Nil for all categories together.
    public var category: HoneCore.Category?
    public var mean: PredictionPoweredMean
    /// Of the same agent's work that checks scored, which needs no correction.
    public var checked: SampleMoments

    /// The mean of all of it, with its 95 % interval; nil where ratings are too few to correct the judge.
    public var published: IntervalEstimate? { mean.together(with: checked) }
}

extension Opinions {
    /// Per agent, and per agent and category, wherever a judge scored in the period. What is not a judge's score is left as
    /// it is.
    public func corrections(_ period: ClosedRange<Date>) async throws -> [Correction] {
        Self.corrections(try await groups(period), rated: try await rated(period))
    }

    static func corrections(_ groups: [ScoreGroup], rated: [RatedWork]) -> [Correction] {
        struct Key: Hashable {
            var agent: AgentID
            var category: HoneCore.Category?
        }
        func keys(_ agent: AgentID, _ category: HoneCore.Category?) -> Set<Key> {
            [Key(agent: agent, category: nil), Key(agent: agent, category: category)]
        }
        var judged: [Key: SampleMoments] = [:]
        var checked: [Key: SampleMoments] = [:]
        for group in groups {
            for key in keys(group.agentID, group.category) {
                if group.kind == .judge { judged[key] = judged[key, default: .init()] + group.moments }
                if group.kind == .check { checked[key] = checked[key, default: .init()] + group.moments }
            }
        }
        var pairs: [Key: [RatedScore]] = [:]
        for work in rated where work.kind == .judge {
            guard let overall = work.overall else { continue }
            for key in keys(work.agentID, work.category) {
                pairs[key, default: []].append(RatedScore(judge: overall, rating: work.rating))
            }
        }
        return judged.filter { $0.value.count > 0 }.map { key, moments in
            Correction(
                agentID: key.agent, category: key.category,
                mean: PredictionPoweredMean(judged: moments, rated: pairs[key] ?? []),
                checked: checked[key] ?? SampleMoments())
        }.sorted { ($0.agentID, $0.category?.rawValue ?? "") < ($1.agentID, $1.category?.rawValue ?? "") }
    }
}

extension [Correction] {
    /// For leaderboards; nil where nobody can be corrected.
    public var ofMeans: JudgeCorrection? {
        var shifts: [AgentID: [HoneCore.Category?: MeanShift]] = [:]
        for correction in self {
            shifts[correction.agentID, default: [:]][correction.category] = MeanShift(
                correction.mean, checked: correction.checked)
        }
        guard !shifts.isEmpty else { return nil }
        return { [shifts] judged, agent, category in shifts[agent]?[category].map(judged.moved) ?? judged }
    }
}
