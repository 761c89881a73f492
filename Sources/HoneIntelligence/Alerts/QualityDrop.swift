import HoneCore

/// Finds a lasting fall of an agent's quality, and its end: the Page–Hinkley test on daily means.
///
/// A steady agent is falsely suspected less than once in fifty years of work, however noisy it is. A fall of 0.2 at 20
/// tasks a day is found within days; one that has lasted for the whole window is the new normal, and over.
public struct QualityDrop {
    /// How many days are looked at.
    public static let window = 60
    /// Days with fewer scores are joined with the next.
    static let fewestScores = 10.0

    /// What went before `points`, and both together.
    private var start = QualityBaseline()
    private var baseline = QualityBaseline()
    private var points: [QualityPoint] = []
    private var test = PageHinkley()
    private var fall: QualityFall?

    /// The work of one agent in ``window`` days, in any order.
    public static func condition(_ work: [DailyWork]) -> AlertCondition {
        var drop = QualityDrop()
        for point in QualityPoint.points(work, fewestScores: fewestScores) { drop.add(point) }
        return drop.fall.map { .present($0.finding) } ?? .absent
    }

    private mutating func add(_ point: QualityPoint) {
        guard fall != nil else { return watch(point) }
        fall?.add(point)
        guard let over = fall, over.isOver else { return }
        (start, baseline, points, test, fall) = (over.baseline, over.baseline, [], PageHinkley(), nil)
    }

    private mutating func watch(_ point: QualityPoint) {
        if let residual = baseline.residual(of: point) { test.add(residual.standardized) }
        baseline.add(point)
        points.append(point)
        if test.isAlarmed { fall = likeliestFall() }
    }

    /// Where it most likely began (Hinkley, 1971): the division whose two parts differ most beyond chance.
    private func likeliestFall() -> QualityFall? {
        var before = start
        var falls: [QualityFall] = []
        for index in points.indices {
            if let fall = QualityFall(points[index...], below: before) { falls.append(fall) }
            before.add(points[index])
        }
        return falls.max { $0.strength < $1.strength }
    }
}
