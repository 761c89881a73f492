/// Where a point stands in its population: the front it is in, and how much room it has there.
struct Standing: Hashable {
    let rank: Int
    let room: Double

    /// The crowded comparison (Deb et al. 2002, §III-B): the better front, and within a front the more room.
    func isBetter(than other: Standing) -> Bool {
        rank == other.rank ? room > other.room : rank < other.rank
    }

    /// One per row.
    static func all(in points: ObjectiveTable) -> [Standing] {
        let orders = (0..<points.columns).map(points.order(by:))
        let ranks = ParetoFronts.ranks(of: points, inOrder: orders.first ?? [])
        let room = CrowdingDistance.distances(in: points, ranks: ranks, orders: orders)
        return zip(ranks, room).map(Standing.init)
    }
}
