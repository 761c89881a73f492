import HoneCore
import Testing

@testable import HoneBus

@Suite("Turns of lanes")
struct LaneTurnsTests {
    private let lanes = Lane.allCases.map { StreamName(topic: "test", lane: $0) }

    @Test("twelve turns are shared 8 : 3 : 1")
    func wholeRound() {
        var turns = LaneTurns(lanes)
        #expect(turns.share(12).map(\.count) == [8, 3, 1])
    }

    @Test("one turn at a time comes to the same shares, and no lane waits longer than a round")
    func singleTurns() {
        var turns = LaneTurns(lanes)
        let rounds = (0..<120).map { _ in turns.share(1).map(\.count) }
        let sums = (0..<3).map { lane in rounds.reduce(0) { $0 + $1[lane] } }
        #expect(sums == [80, 30, 10])
        #expect(rounds.prefix(12).contains { $0[2] == 1 })
    }

    @Test("partitions of a lane share evenly")
    func partitions() {
        var turns = LaneTurns((0..<4).map { StreamName(topic: "test", partition: $0) })
        #expect(turns.share(8).map(\.count) == [2, 2, 2, 2])
    }

    @Test("a single stream gets everything")
    func single() {
        var turns = LaneTurns([StreamName(topic: "test")])
        #expect(turns.share(256) == [.init(StreamName(topic: "test"), 256)])
    }
}
