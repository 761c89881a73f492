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
        var standings = [Standing](repeating: Standing(rank: 0, room: 0), count: points.count)
        for (rank, front) in ParetoFronts(of: points).fronts.enumerated() {
            for (row, room) in zip(front, CrowdingDistance.distances(of: front, in: points)) {
                standings[row] = Standing(rank: rank, room: room)
            }
        }
        return standings
    }
}
