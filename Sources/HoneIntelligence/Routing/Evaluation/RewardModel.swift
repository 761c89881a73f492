import HoneCore

/// The mean reward of each agent in each category, shrunk towards the category's: what a reward is guessed from.
///
/// A decision's own reward never takes part in its guess (each half of the log is guessed from the other), so that the
/// doubly robust estimate stays unbiased.
struct RewardModel {
    private static let weight = 5.0

    private struct Place: Hashable {
        var agent: AgentID
        var category: Category
    }

    private struct Sum {
        var count = 0.0
        var total = 0.0

        func mean(towards prior: Double) -> Double {
            (total + RewardModel.weight * prior) / (count + RewardModel.weight)
        }
    }

    private var places: [Place: Sum] = [:]
    private var categories: [Category: Sum] = [:]
    private var all = Sum()

    init(_ log: some Sequence<LoggedDecision>) {
        for decision in log {
            let place = Place(agent: decision.candidates[decision.chosen], category: decision.category)
            places[place, default: Sum()].count += 1
            places[place, default: Sum()].total += decision.reward
            categories[decision.category, default: Sum()].count += 1
            categories[decision.category, default: Sum()].total += decision.reward
            all.count += 1
            all.total += decision.reward
        }
    }

    func guesses(_ decision: LoggedDecision) -> [Double] {
        let category = (categories[decision.category] ?? Sum()).mean(towards: all.mean(towards: 0.5))
        return decision.candidates.map { agent in
            (places[Place(agent: agent, category: decision.category)] ?? Sum()).mean(towards: category)
        }
    }
}
