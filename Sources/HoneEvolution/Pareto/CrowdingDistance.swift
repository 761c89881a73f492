/// How much room each row has in its front: the summed distances between its neighbours there, each objective scaled by
/// the front's range (Deb et al., IEEE TEVC 6(2), 2002, §III-B). The ends of every objective have infinite room.
///
/// Rows that tie in one objective stand in the order of the others, so that the room does not depend on how the
/// population is listed; of rows that are equal in all, those listed later have the least room.
enum CrowdingDistance {
    /// One distance per row. `orders` are the rows by each objective, the best first.
    static func distances(in points: ObjectiveTable, ranks: [Int], orders: [[Int]]) -> [Double] {
        var room = [Double](repeating: 0, count: points.count)
        for (column, order) in orders.enumerated() {
            var front = Fronts(count: (ranks.max() ?? -1) + 1)
            for row in order { front.see(points[row, column], in: ranks[row]) }
            for row in order { front.pass(row, points[row, column], in: ranks[row], &room) }
            front.finish(&room)
        }
        return room
    }

    /// Every front on the way down one objective.
    private struct Fronts {
        private struct Front {
            var best = -Double.infinity
            var worst = Double.infinity
            /// The row that was met last, its value, and the value before that.
            var row = -1
            var value = 0.0
            var before: Double?

            var range: Double { best - worst }
        }

        private var fronts: [Front]

        init(count: Int) { fronts = Array(repeating: Front(), count: count) }

        mutating func see(_ value: Double, in rank: Int) {
            fronts[rank].best = max(fronts[rank].best, value)
            fronts[rank].worst = min(fronts[rank].worst, value)
        }

        /// The row met before this one now knows both its neighbours.
        mutating func pass(_ row: Int, _ value: Double, in rank: Int, _ room: inout [Double]) {
            let front = fronts[rank]
            if front.row < 0 {
                room[row] = .infinity
            } else if let before = front.before, front.range > 0, front.range.isFinite {
                room[front.row] += (before - value) / front.range
            }
            fronts[rank].before = front.row < 0 ? nil : front.value
            fronts[rank].row = row
            fronts[rank].value = value
        }

        func finish(_ room: inout [Double]) {
            for front in fronts where front.row >= 0 { room[front.row] = .infinity }
        }
    }
}
