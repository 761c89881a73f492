public import HoneCore

/// The ranks that agents may truly have, by their intervals: below everyone whose interval lies wholly above their own,
/// above everyone whose interval lies wholly below it. So agents whose intervals overlap share ranks, and one that
/// overlaps with nobody has its rank to itself.
public func rankBands(_ intervals: [AgentID: ClosedRange<Double>]) -> [AgentID: ClosedRange<Int>] {
    let lows = intervals.values.map(\.lowerBound).sorted()
    let highs = intervals.values.map(\.upperBound).sorted()
    return intervals.mapValues { interval in
        let better = lows.count - lows.countUp(to: interval.upperBound)
        let worse = highs.countBelow(interval.lowerBound)
        return (better + 1)...(intervals.count - worse)
    }
}

extension [Double] {
    /// How many of a sorted array are at most `limit`.
    fileprivate func countUp(to limit: Double) -> Int { partition { $0 > limit } }

    /// How many of a sorted array are less than `limit`.
    fileprivate func countBelow(_ limit: Double) -> Int { partition { $0 >= limit } }

    /// The first index whose element, and so every later one, `isBeyond`.
    private func partition(_ isBeyond: (Double) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isBeyond(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
