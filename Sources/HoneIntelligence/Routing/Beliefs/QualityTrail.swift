import Foundation

/// One agent's scores in one category, day by day: what its quality is believed from when a task is routed.
///
/// Scores say less as they age (the discounted posterior of Raj and Kalyani, "Taming Non-stationary Bandits", 2017), and
/// what lies before a change says little: a change that was announced (another model or prompt), or one that the scores
/// themselves show (ADWIN, Bifet and Gavaldà, SDM 2007, on days instead of single scores).
public struct QualityTrail: Hashable, Sendable {
    /// After so many days a score counts half.
    public static let halfLife = 30.0
    /// All scores from before a change together count as at most so many.
    public static let trustAfterChange = 10.0
    /// The chance of seeing a change that is not there, over all days of a trail.
    static let falseAlarm = 0.002

    struct Leg: Hashable, Sendable {
        var day: Day
        /// Legs of an earlier era were walked with another model or prompt.
        var era: Int
        var sample: QualitySample
    }

    /// In order of era, then day.
    private(set) var legs: [Leg] = []

    public init() {}

    /// Eras count upwards; the latest is how the agent is now.
    public mutating func add(_ sample: QualitySample, on day: Day, era: Int = 0) {
        guard sample.count > 0 else { return }
        let place = legs.lastIndex { ($0.era, $0.day) <= (era, day) }
        if let place, legs[place].era == era, legs[place].day == day {
            legs[place].sample = legs[place].sample + sample
        } else {
            legs.insert(Leg(day: day, era: era, sample: sample), at: place.map { $0 + 1 } ?? 0)
        }
    }

    /// What the trail is worth `today` to somebody who knows that the agent is in `era` now.
    public func believed(on today: Day, era: Int = 0) -> QualitySample {
        var recent = QualitySample()
        var last = legs.count
        while last > 0, legs[last - 1].era == era {
            recent = recent + aged(legs[last - 1], on: today)
            last -= 1
        }
        let cut = last < legs.count ? suspectedChange(in: last..<legs.count, on: today, of: recent) : nil
        var before = QualitySample()
        for index in 0..<(cut ?? last) { before = before + aged(legs[index], on: today) }
        if let cut {
            recent = QualitySample()
            for index in cut..<legs.count { recent = recent + aged(legs[index], on: today) }
        }
        guard before.count > Self.trustAfterChange else { return recent + before }
        return recent + before.discounted(by: Self.trustAfterChange / before.count)
    }

    /// The latest leg with which the agent seems to be another than before, within one era.
    private func suspectedChange(in era: Range<Int>, on today: Day, of total: QualitySample) -> Int? {
        guard era.count > 1, let mean = total.mean else { return nil }
        let variance = max(0, total.squares / total.count - mean * mean)
        let patience = 2 * Double(era.count) / Self.falseAlarm
        var newer = QualitySample()
        for index in era.dropFirst().reversed() {
            newer = newer + aged(legs[index], on: today)
            let older = QualitySample(count: total.count - newer.count, sum: total.sum - newer.sum)
            if Self.differ(newer, older, variance: variance, patience: patience) { return index }
        }
        return nil
    }

    /// ADWIN's bound on how far two means of the same quality lie apart.
    private static func differ(
        _ left: QualitySample, _ right: QualitySample, variance: Double, patience: Double
    ) -> Bool {
        guard let one = left.mean, let other = right.mean, left.count >= 1, right.count >= 1 else { return false }
        let inverse = 1 / left.count + 1 / right.count
        let surprise = log(patience)
        return abs(one - other) > (2 * inverse * variance * surprise).squareRoot() + 2 / 3 * inverse * surprise
    }

    private func aged(_ leg: Leg, on today: Day) -> QualitySample {
        let age = today - leg.day
        return age > 0 ? leg.sample.discounted(by: exp2(-Double(age) / Self.halfLife)) : leg.sample
    }
}
