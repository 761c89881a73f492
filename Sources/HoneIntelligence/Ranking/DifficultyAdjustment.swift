public import HoneCore

/// Makes agents' scores comparable whatever tasks they were given: overall, and within each category.
public struct DifficultyAdjustment: Hashable, Sendable {
    private var overall = Difficulty()
    private var categories: [Category: Difficulty] = [:]

    /// Leaves scores as they are.
    public static let none = DifficultyAdjustment()

    private init() {}

    /// By all cells that there are.
    public init(_ table: StatisticsTable) {
        var work: [AgentID: [TaskKind: QualitySample]] = [:]
        for (key, cell) in table.cells where cell.scored != 0 {
            // Sums of integers are exact, so that the order of cells cannot be seen in them.
            work[key.agent, default: [:]][key.kind, default: QualitySample()] += cell.wholeSample
        }
        work = work.mapValues { $0.mapValues(\.fromMillionths) }
        overall = Difficulty(work)
        for category in Set(work.values.flatMap(\.keys).map(\.category)) {
            categories[category] = Difficulty(
                work.mapValues { $0.filter { $0.key.category == category } })
        }
    }

    /// Scores of tasks of one kind, as on the usual mix of all tasks.
    public func overall(_ sample: QualitySample, category: Category, complexity: Int?) -> QualitySample {
        overall.adjusted(sample, of: TaskKind(category: category, complexity: complexity))
    }

    /// The same, as on the usual mix of the category's tasks.
    public func withinCategory(_ sample: QualitySample, _ category: Category, complexity: Int?) -> QualitySample {
        categories[category]?.adjusted(sample, of: TaskKind(category: category, complexity: complexity)) ?? sample
    }
}

extension StatisticsKey {
    fileprivate var kind: TaskKind { TaskKind(category: category, complexity: complexity) }
}

extension StatisticsCell {
    fileprivate var wholeSample: QualitySample {
        QualitySample(count: Double(scored), sum: Double(overallSum), squares: Double(overallSquares))
    }
}

extension QualitySample {
    fileprivate var fromMillionths: QualitySample {
        QualitySample(count: count, sum: sum / 1_000_000, squares: squares / 1_000_000)
    }
}
