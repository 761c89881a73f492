/// A front of up to three objectives, seen from a later row: the first objective is settled by the order, and of the
/// other two only the maxima matter. They form a staircase, the second objective going down while the third goes up.
struct Staircase: FrontIndex {
    private struct Step {
        let second: Double
        let third: Double
    }

    private var steps: [Step] = []

    func dominates(_ row: Int, of points: ObjectiveTable) -> Bool {
        let step = Self.step(row, points)
        // Of the steps at least as good in the second objective the last is the best in the third.
        let end = endOfSteps { $0.second >= step.second }
        return end > 0 && steps[end - 1].third >= step.third
    }

    /// A row that nobody in here dominates becomes a step, and covers the steps it is better than.
    mutating func insert(_ row: Int, of points: ObjectiveTable) {
        let step = Self.step(row, points)
        let start = endOfSteps { $0.second > step.second }
        var end = start
        while end < steps.count, steps[end].third <= step.third { end += 1 }
        steps.replaceSubrange(start..<end, with: CollectionOfOne(step))
    }

    private static func step(_ row: Int, _ points: ObjectiveTable) -> Step {
        Step(
            second: points.columns > 1 ? points[row, 1] : 0,
            third: points.columns > 2 ? points[row, 2] : 0)
    }

    /// The number of leading steps that pass; `passes` never holds again once it failed.
    private func endOfSteps(where passes: (Step) -> Bool) -> Int {
        var (low, high) = (0, steps.count)
        while low < high {
            let middle = (low + high) / 2
            if passes(steps[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
