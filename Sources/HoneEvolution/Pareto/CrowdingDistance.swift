/// How much room each row of a front has: the summed distances between its neighbours, each objective scaled by the
/// front's range (Deb et al., IEEE TEVC 6(2), 2002, §III-B). The ends of every objective have infinite room.
///
/// Rows that tie in one objective stand in the order of the others, so that the room does not depend on how the front
/// is listed; of rows that are equal in all, those listed later have the least room.
enum CrowdingDistance {
    /// One distance per row of `front`, in its order.
    static func distances(of front: [Int], in points: ObjectiveTable) -> [Double] {
        var distances = [Double](repeating: 0, count: front.count)
        guard front.count > 2 else { return distances.map { _ in .infinity } }
        for column in 0..<points.columns {
            let order = front.indices.sorted { points.isBefore(front[$0], front[$1], from: column) }
            add(order.map { points[front[$0], column] }, of: order, to: &distances)
        }
        return distances
    }

    /// `values` go down.
    private static func add(_ values: [Double], of order: [Int], to distances: inout [Double]) {
        let last = order.count - 1
        let range = values[0] - values[last]
        distances[order[0]] = .infinity
        distances[order[last]] = .infinity
        guard range > 0, range.isFinite else { return }
        for place in 1..<last { distances[order[place]] += (values[place - 1] - values[place + 1]) / range }
    }
}
