/// Who lives on when parents and children compete together, so that nothing good is ever lost (elitism).
public enum Survivors {
    /// `count` rows in ascending order: whole fronts from the best on, and of the front that does not fit those with the
    /// most room (Deb et al. 2002, §III-C). Equal room is settled by the objectives, so that only copies depend on their place.
    public static func rows(of points: ObjectiveTable, count: Int) -> [Int] {
        let standings = Standing.all(in: points)
        let (split, places) = splitFront(standings, count: count)
        let whole = standings.indices.filter { standings[$0].rank < split }
        let crowded = standings.indices.filter { standings[$0].rank == split }.sorted { row, other in
            let (room, others) = (standings[row].room, standings[other].room)
            return room == others ? points.isBefore(row, other, from: 0) : room > others
        }
        return (whole + crowded.prefix(places)).sorted()
    }

    /// The first front that does not fit, and how many places are left for it.
    private static func splitFront(_ standings: [Standing], count: Int) -> (rank: Int, places: Int) {
        var sizes = [Int](repeating: 0, count: (standings.map(\.rank).max() ?? -1) + 1)
        for standing in standings { sizes[standing.rank] += 1 }
        var places = max(0, count)
        for (rank, size) in sizes.enumerated() {
            guard size <= places else { return (rank, places) }
            places -= size
        }
        return (sizes.count, places)
    }
}
