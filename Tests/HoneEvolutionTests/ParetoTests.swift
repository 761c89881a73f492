import HoneCore
import Testing

@testable import HoneEvolution

@Suite("Pareto fronts and crowding")
struct ParetoTests {
    /// Coarse values, so that ties and copies are common.
    static func points(_ count: Int, columns: Int, seed: UInt64, levels: Int = 8) -> [[Double]] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { _ in
            (0..<columns).map { _ in Double(Int.random(in: 0..<levels, using: &generator)) }
        }
    }

    /// The definition, peeled front by front.
    static func ranksByDefinition(_ rows: [[Double]]) -> [Int] {
        let table = ObjectiveTable(rows)
        var ranks = [Int](repeating: -1, count: rows.count)
        var rank = 0
        while ranks.contains(-1) {
            let left = ranks.indices.filter { ranks[$0] == -1 }
            let front = left.filter { row in !left.contains { table.dominates($0, over: row) } }
            for row in front { ranks[row] = rank }
            rank += 1
        }
        return ranks
    }

    @Test("fronts are what the definition says", arguments: [1, 2, 3, 4, 5])
    func definition(columns: Int) {
        for seed in 0..<40 as Range<UInt64> {
            let rows = Self.points(60, columns: columns, seed: seed)
            let table = ObjectiveTable(rows)
            #expect(ParetoFronts(of: table).ranks == Self.ranksByDefinition(rows), "seed \(seed)")
            #expect(Standing.all(in: table).map(\.rank) == ParetoFronts(of: table).ranks, "seed \(seed)")
        }
    }

    @Test("a point that is not a number is the worst in that objective")
    func notANumber() {
        let fronts = ParetoFronts(of: ObjectiveTable([[.nan, 1], [0, 1], [0, .nan]]))
        #expect(fronts.ranks == [1, 0, 1])
    }

    @Test("nobody and one point make fronts too")
    func small() {
        #expect(ParetoFronts(of: ObjectiveTable([])).fronts.isEmpty)
        #expect(ParetoFronts(of: ObjectiveTable([[1, 2, 3]])).fronts == [[0]])
    }

    @Test("room is the sum of the scaled distances between neighbours, and the ends have endless room")
    func crowding() {
        let table = ObjectiveTable([[0, 10], [2, 8], [6, 3], [10, 0]])
        let room = Standing.all(in: table).map(\.room)
        #expect(room[0] == .infinity && room[3] == .infinity)
        #expect(abs(room[1] - (0.6 + 0.7)) < 1e-12)
        #expect(abs(room[2] - (0.8 + 0.8)) < 1e-12)
    }

    @Test("room does not depend on the rows of other fronts")
    func crowdingWithinFronts() {
        let front = [[0.0, 10, 1], [2, 8, 0], [6, 3, 2], [10, 0, 1]]
        let behind = front.map { row in row.map { $0 - 20 } }
        let mixed = zip(front, behind).flatMap { [$0, $1] }
        let alone = Standing.all(in: ObjectiveTable(front))
        let standings = Standing.all(in: ObjectiveTable(mixed))
        #expect(standings.map(\.rank) == [0, 1, 0, 1, 0, 1, 0, 1])
        for (place, standing) in standings.enumerated() {
            #expect(abs(standing.room - alone[place / 2].room) < 1e-12 || standing.room == alone[place / 2].room)
        }
    }

    @Test("numbers are put in order whatever their sign and size, equal ones as they came")
    func radixOrder() {
        let tiny = Double.leastNonzeroMagnitude
        let values = [0.0, -0.0, 1, -1, .infinity, -.infinity, tiny, -tiny, 0.1, 1e300, -1e300, 1, 0]
        let order = values.indices.sorted { values[$0] == values[$1] ? $0 < $1 : values[$0] > values[$1] }
        #expect(RadixOrder.descending(values) == order)
        var generator = SeededGenerator(seed: UInt64(1))
        let many = (0..<5_000).map { _ in generator.nextNormal() }
        #expect(RadixOrder.descending(many).map { many[$0] } == many.sorted(by: >))
        #expect(RadixOrder.descending([]).isEmpty)
    }

    @Test("an objective in which all are equal gives nobody but its ends room")
    func flat() {
        let room = Standing.all(in: ObjectiveTable([[1], [1], [1], [1]])).map(\.room)
        #expect(room.count { $0 == .infinity } == 2 && room.count { $0 == 0 } == 2)
    }

    @Test("who survives does not depend on how the population is listed")
    func permutation() {
        var generator = SeededGenerator(seed: UInt64(5))
        for seed in 0..<40 as Range<UInt64> {
            let rows = Self.points(40, columns: 3, seed: seed)
            let kept = Survivors.rows(of: ObjectiveTable(rows), count: 20).map { rows[$0] }
            let shuffled = rows.shuffled(using: &generator)
            let keptAgain = Survivors.rows(of: ObjectiveTable(shuffled), count: 20).map { shuffled[$0] }
            let order: ([Double], [Double]) -> Bool = { $0.lexicographicallyPrecedes($1) }
            #expect(kept.sorted(by: order) == keptAgain.sorted(by: order), "seed \(seed)")
        }
    }

    @Test("survivors are elite: nobody left behind dominates one who lives on")
    func elitism() {
        for seed in 0..<40 as Range<UInt64> {
            let table = ObjectiveTable(Self.points(50, columns: 3, seed: seed))
            let kept = Survivors.rows(of: table, count: 25)
            let left = (0..<50).filter { !kept.contains($0) }
            #expect(kept.count == 25)
            #expect(!left.contains { loser in kept.contains { table.dominates(loser, over: $0) } }, "seed \(seed)")
        }
    }
}
