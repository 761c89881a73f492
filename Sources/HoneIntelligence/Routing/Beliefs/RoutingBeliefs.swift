public import HoneCore

/// What an agent is made of now, and since when.
public struct AgentVersion: Hashable, Sendable {
    public var model: ModelID?
    /// The day on which its prompt came into production; nil when it has none.
    public var promptDay: Day?
    /// What it did on that day with the prompt before.
    public var superseded: [Category: QualitySample]

    public init(model: ModelID? = nil, promptDay: Day? = nil, superseded: [Category: QualitySample] = [:]) {
        self.model = model
        self.promptDay = promptDay
        self.superseded = superseded
    }
}

/// How good every agent is at every category, as the router believes it: the counters, told apart by what the agents were
/// then and what they are now.
public struct RoutingBeliefs: Sendable {
    private struct Scope {
        var samples: [AgentID: QualitySample] = [:]
        var beliefs = BelievedQuality([])
    }

    private var scopes: [Category: Scope] = [:]
    private var overall = Scope()
    private var scored: [AgentID: Int] = [:]

    /// Agents that are not among `versions` are as they always were.
    public init(_ table: StatisticsTable = StatisticsTable(), versions: [AgentID: AgentVersion] = [:], today: Day) {
        var trails: [Category: [AgentID: QualityTrail]] = [:]
        var whole: [AgentID: QualityTrail] = [:]
        for (key, sample) in Self.days(table) {
            for (era, part) in Self.eras(sample, at: key, versions[key.agent]).enumerated() {
                trails[key.category, default: [:]][key.agent, default: QualityTrail()].add(part, on: key.day, era: era)
                whole[key.agent, default: QualityTrail()].add(part, on: key.day, era: era)
            }
            scored[key.agent, default: 0] += Int(sample.count)
        }
        scopes = trails.mapValues { Self.scope($0, today) }
        overall = Self.scope(whole, today)
    }

    /// Quality in a category; in all of them together for a task that has none.
    public func estimate(_ agent: AgentID, in category: Category?) -> QualityEstimate {
        let scope = category.map { scopes[$0] ?? Scope() } ?? overall
        return scope.beliefs.estimate(scope.samples[agent] ?? QualitySample())
    }

    /// Scores of all its work.
    public func scoredTasks(of agent: AgentID) -> Int { scored[agent] ?? 0 }

    private static func scope(_ trails: [AgentID: QualityTrail], _ today: Day) -> Scope {
        let samples = trails.mapValues { $0.believed(on: today, era: 1) }
        return Scope(samples: samples, beliefs: BelievedQuality(samples.sorted { $0.key < $1.key }.map(\.value)))
    }

    /// In a fixed order, so that the same table always gives the same bits.
    private static func days(_ table: StatisticsTable) -> [(key: StatisticsKey, sample: QualitySample)] {
        table.cells.lazy.filter { $0.value.scored > 0 }.sorted { $0.key.order < $1.key.order }
            .map { ($0.key, $0.value.sample) }
    }

    /// What was before the agent's last change, and what came after it.
    private static func eras(
        _ sample: QualitySample, at key: StatisticsKey, _ version: AgentVersion?
    ) -> [QualitySample] {
        let (nothing, whole) = (QualitySample(), sample)
        guard let version else { return [nothing, whole] }
        if let model = key.model, let present = version.model, model != present { return [whole, nothing] }
        guard let day = version.promptDay, key.day <= day else { return [nothing, whole] }
        guard key.day == day else { return [whole, nothing] }
        let old = version.superseded[key.category] ?? nothing
        let new = QualitySample(
            count: whole.count - old.count, sum: whole.sum - old.sum, squares: whole.squares - old.squares)
        return new.count > 0 ? [old, new] : [whole, nothing]
    }
}

extension StatisticsKey {
    fileprivate var order: (Int, AgentID, Category, Int, String) {
        (day.number, agent, category, complexity ?? 0, model?.rawValue ?? "")
    }
}
