import Foundation
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

    private var baseline = QualityBaseline()
    private var test = PageHinkley()
    /// What speaks for a fall so far, since the last point that spoke against it, and the baseline before that.
    private var suspects: [QualityPoint] = []
    private var settled = QualityBaseline()
    private var fall: QualityFall?

    /// The work of one agent in ``window`` days, in any order.
    public static func condition(_ work: [DailyWork]) -> AlertCondition {
        var drop = QualityDrop()
        for point in points(work) { drop.add(point) }
        return drop.fall.map { .present($0.finding) } ?? .absent
    }

    private static func points(_ work: [DailyWork]) -> [QualityPoint] {
        let days = Dictionary(grouping: work) { $0.day }.sorted { $0.key < $1.key }
        return days.reduce(into: []) { points, entry in
            if let last = points.last, last.count < fewestScores {
                points[points.count - 1].day = entry.key
            } else {
                points.append(QualityPoint(day: entry.key, categories: [:]))
            }
            for work in entry.value where work.scores.count > 0 { points[points.count - 1].add(work) }
        }.filter { $0.count >= fewestScores }
    }

    private mutating func add(_ point: QualityPoint) {
        guard var fall else { return watch(point) }
        fall.add(point)
        self.fall = fall.isOver ? nil : fall
        if fall.isOver { restart(on: fall.baseline) }
    }

    private mutating func watch(_ point: QualityPoint) {
        if let residual = baseline.residual(of: point) { test.add(residual.standardized) }
        if test.statistic > 0 { suspects.append(point) } else { suspects = [] }
        guard !test.isAlarmed else {
            fall = QualityFall(suspects, below: settled)
            return
        }
        baseline.add(point)
        if suspects.isEmpty { settled = baseline }
    }

    private mutating func restart(on baseline: QualityBaseline) {
        self.baseline = baseline
        settled = baseline
        test = PageHinkley()
        suspects = []
    }
}
