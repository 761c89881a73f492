/// A population split into fronts: nobody in a front dominates another, and everybody behind the first front is
/// dominated by somebody in the front before.
///
/// Efficient non-dominated sort with binary search over the fronts (Zhang et al., IEEE TEVC 19(2), 2015). With at most
/// three objectives a front is asked through its ``Staircase``, so that N points take O(N log² N) steps.
public struct ParetoFronts: Sendable, Hashable {
    /// The front of each row, 0 for the best.
    public let ranks: [Int]
    /// The rows of each front, in ascending order.
    public let fronts: [[Int]]

    public init(of points: ObjectiveTable) {
        ranks = Self.ranks(of: points, inOrder: points.columns == 0 ? [] : points.order(by: 0))
        var fronts = [[Int]](repeating: [], count: (ranks.max() ?? -1) + 1)
        for (row, rank) in ranks.enumerated() { fronts[rank].append(row) }
        self.fronts = fronts
    }

    /// `order` is lexicographic, the best first.
    static func ranks(of points: ObjectiveTable, inOrder order: [Int]) -> [Int] {
        points.columns <= 3 ? ranks(points, order, Staircase.self) : ranks(points, order, FrontMembers.self)
    }

    /// Nobody dominates a row but one that comes before it in lexicographic order: so each row's front is final when
    /// its turn comes. Equal rows share a front.
    private static func ranks<Index: FrontIndex>(_ points: ObjectiveTable, _ order: [Int], _: Index.Type) -> [Int] {
        var ranks = [Int](repeating: 0, count: points.count)
        var fronts: [Index] = []
        var previous: Int?
        for row in order {
            defer { previous = row }
            if let previous, points.areEqual(previous, row) {
                ranks[row] = ranks[previous]
                continue
            }
            let rank = firstFront(that: row, of: points, isNotBehind: fronts)
            if rank == fronts.count { fronts.append(Index()) }
            fronts[rank].insert(row, of: points)
            ranks[row] = rank
        }
        return ranks
    }

    /// Who is not dominated by a front is not dominated by any after it.
    private static func firstFront<Index: FrontIndex>(
        that row: Int, of points: ObjectiveTable, isNotBehind fronts: [Index]
    ) -> Int {
        var (low, high) = (0, fronts.count)
        while low < high {
            let middle = (low + high) / 2
            if fronts[middle].dominates(row, of: points) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// The part of a front that was seen so far, in lexicographic order, without equal points.
protocol FrontIndex {
    init()
    /// Whether somebody in here dominates a row that comes later.
    func dominates(_ row: Int, of points: ObjectiveTable) -> Bool
    mutating func insert(_ row: Int, of points: ObjectiveTable)
}

/// For any number of objectives: everybody is compared, the latest first, who are nearest.
struct FrontMembers: FrontIndex {
    private var rows: [Int] = []

    func dominates(_ row: Int, of points: ObjectiveTable) -> Bool {
        rows.reversed().contains { points.dominates($0, over: row) }
    }

    mutating func insert(_ row: Int, of points: ObjectiveTable) {
        rows.append(row)
    }
}
