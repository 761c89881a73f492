/// Points in objective space, one row each, every column to be made as large as possible.
public struct ObjectiveTable: Sendable, Hashable {
    public let columns: Int
    /// Row by row.
    public private(set) var values: [Double]

    public var count: Int { columns == 0 ? 0 : values.count / columns }

    /// Rows of equal length. What is not a number counts as the worst there is.
    public init(_ rows: [[Double]]) {
        columns = rows.first?.count ?? 0
        values = []
        values.reserveCapacity(rows.count * columns)
        for row in rows {
            precondition(row.count == columns, "every point has the same objectives")
            for value in row { values.append(value.isNaN ? -.infinity : value) }
        }
    }

    public subscript(row: Int, column: Int) -> Double { values[row * columns + column] }

    public subscript(row: Int) -> ArraySlice<Double> { values[row * columns..<(row + 1) * columns] }

    /// Whether a row is at least as good in every column, and better in one.
    public func dominates(_ row: Int, over other: Int) -> Bool {
        var isBetter = false
        for column in 0..<columns {
            let (mine, others) = (self[row, column], self[other, column])
            if mine < others { return false }
            if mine > others { isBetter = true }
        }
        return isBetter
    }

    /// The rows by a column, the best first, and among equals by the columns after it in a circle, then by their place.
    func order(by column: Int) -> [Int] {
        var order = RadixOrder.descending((0..<count).map { self[$0, column] })
        var start = 0
        while start < order.count {
            let value = self[order[start], column]
            var end = start + 1
            while end < order.count, self[order[end], column] == value { end += 1 }
            if end - start > 1 { order[start..<end].sort { isBefore($0, $1, from: column) } }
            start = end
        }
        return order
    }

    /// The order by a column, for two rows.
    func isBefore(_ row: Int, _ other: Int, from start: Int) -> Bool {
        var column = start
        repeat {
            let (mine, others) = (self[row, column], self[other, column])
            if mine != others { return mine > others }
            column = column + 1 == columns ? 0 : column + 1
        } while column != start
        return row < other
    }

    func areEqual(_ row: Int, _ other: Int) -> Bool {
        (0..<columns).allSatisfy { self[row, $0] == self[other, $0] }
    }
}
