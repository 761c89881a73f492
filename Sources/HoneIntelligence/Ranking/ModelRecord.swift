import Foundation
public import HoneCore

/// An agent's work with one model, day by day.
public struct ModelRecord: Hashable, Sendable {
    public private(set) var total = StatisticsCell.zero
    private var days: [Day: QualitySample] = [:]

    mutating func add(_ cell: StatisticsCell, _ sample: QualitySample, of day: Day) {
        total += cell
        days[day, default: QualitySample()] += sample
    }

    /// The first day of its use.
    public var since: Day { days.keys.min() ?? Day(number: 0) }

    /// All scores of days up to `last`.
    func sample(upTo last: Day? = nil) -> QualitySample {
        days.sorted { $0.key < $1.key }.reduce(QualitySample()) { sum, day in
            last.map { day.key <= $0 } ?? true ? sum + day.value : sum
        }
    }
}

/// How an agent does with one model.
public struct ModelStanding: Hashable, Sendable {
    public var since: Day
    public var total: StatisticsCell
    /// How it did before with the models it had then, and how with this one; nil for the first model, and where there
    /// are no scores to compare.
    public var effect: ChangeEffect?
}

extension AgentRecord {
    /// Each model beside those it followed. Of two that came into use on the same day, `firstUses` tells which was
    /// earlier; where it does not, neither is taken to follow the other.
    func modelStandings(_ firstUses: [ModelID: Date]) -> [ModelID: ModelStanding] {
        let order = models.sorted { $0.key < $1.key }
        return Dictionary(
            uniqueKeysWithValues: order.map { model, record in
                let before = order.filter { other, earlier in
                    if earlier.since != record.since { return earlier.since < record.since }
                    guard let first = firstUses[other], let own = firstUses[model] else { return false }
                    return first < own
                }.reduce(QualitySample()) { $0 + $1.value.sample(upTo: record.since) }
                let effect = ChangeEffect(before: before, after: record.sample())
                return (model, ModelStanding(since: record.since, total: record.total, effect: effect))
            })
    }
}

/// A model that an agent came to use on a day.
public struct ModelUse: Hashable, Sendable {
    public var agent: AgentID
    public var model: ModelID
    public var since: Day
}

extension StatisticsTable {
    /// Models that an agent came to on the same day, so that their order is open.
    public func modelsOfUnknownOrder() -> [ModelUse] {
        var since: [AgentID: [ModelID: Day]] = [:]
        for key in cells.keys {
            guard let model = key.model else { continue }
            since[key.agent, default: [:]][model] = min(since[key.agent]?[model] ?? key.day, key.day)
        }
        return since.flatMap { agent, models in
            Dictionary(grouping: models, by: \.value).values.filter { $0.count > 1 }.joined()
                .map { ModelUse(agent: agent, model: $0.key, since: $0.value) }
        }
    }
}
