/// Who lives on when parents and children compete together, so that nothing good is ever lost (elitism).
public enum Survivors {
    /// `count` rows in ascending order: whole fronts from the best on, and of the front that does not fit those with the
    /// most room (Deb et al. 2002, §III-C). Equal room is settled by the objectives, so that only copies depend on their place.
    public static func rows(of points: ObjectiveTable, count: Int) -> [Int] {
        var survivors: [Int] = []
        for front in ParetoFronts(of: points).fronts {
            let places = count - survivors.count
            if front.count <= places {
                survivors += front
            } else {
                survivors += roomiest(front, in: points, count: places)
                break
            }
        }
        return survivors.sorted()
    }

    private static func roomiest(_ front: [Int], in points: ObjectiveTable, count: Int) -> [Int] {
        guard count > 0 else { return [] }
        let room = CrowdingDistance.distances(of: front, in: points)
        let order = front.indices.sorted {
            room[$0] == room[$1] ? points.isBefore(front[$0], front[$1], from: 0) : room[$0] > room[$1]
        }
        return order.prefix(count).map { front[$0] }
    }
}
