/// How many scores there are, their sum and the sum of their squares.
public struct QualitySample: Hashable, Sendable {
    public var count: Double
    public var sum: Double
    public var squares: Double

    public init(count: Double = 0, sum: Double = 0, squares: Double = 0) {
        self.count = count
        self.sum = sum
        self.squares = squares
    }

    public var mean: Double? { count > 0 ? sum / count : nil }

    /// The variance of single scores, itself shrunk towards its prior.
    var scoreVariance: Double {
        guard let mean else { return QualityPrior.variance }
        let deviations = max(0, squares - count * mean * mean)
        return (deviations + QualityPrior.weight * QualityPrior.variance) / (count + QualityPrior.weight)
    }

    /// The same scores, each moved by `shift`.
    func shifted(by shift: Double) -> QualitySample {
        QualitySample(
            count: count, sum: sum + count * shift, squares: squares + 2 * shift * sum + count * shift * shift)
    }

    public static func + (left: QualitySample, right: QualitySample) -> QualitySample {
        QualitySample(
            count: left.count + right.count, sum: left.sum + right.sum, squares: left.squares + right.squares)
    }

    public static func += (left: inout QualitySample, right: QualitySample) { left = left + right }

    /// The same scores, believed less: after a new model or prompt the old ones count as `factor` of a score each.
    public func discounted(by factor: Double) -> QualitySample {
        QualitySample(count: count * factor, sum: sum * factor, squares: squares * factor)
    }
}

/// An agent's scores in two parts: of the last 30 days, and older.
public struct QualityHistory: Hashable, Sendable {
    public static let recentDays = 30
    public static let recentWeight = 0.7

    public var recent: QualitySample
    public var older: QualitySample

    public init(recent: QualitySample = .init(), older: QualitySample = .init()) {
        self.recent = recent
        self.older = older
    }

    /// Adds a day's scores to the part they belong to on `today`.
    public mutating func add(_ sample: QualitySample, of day: Day, today: Day) {
        if today - day < Self.recentDays { recent += sample } else { older += sample }
    }

    public var count: Double { recent.count + older.count }

    /// 0.7 · recent + 0.3 · older, or whichever exists.
    public var mean: Double? {
        guard let new = recent.mean else { return older.mean }
        guard let old = older.mean else { return new }
        return Self.recentWeight * new + (1 - Self.recentWeight) * old
    }

    /// How many equally weighed scores would fix the mean as well as these do (Kish's effective sample size).
    var effectiveCount: Double {
        guard recent.count > 0, older.count > 0 else { return count }
        let old = 1 - Self.recentWeight
        return 1 / (Self.recentWeight * Self.recentWeight / recent.count + old * old / older.count)
    }

    public func discounted(by factor: Double) -> QualityHistory {
        QualityHistory(recent: recent.discounted(by: factor), older: older.discounted(by: factor))
    }
}
