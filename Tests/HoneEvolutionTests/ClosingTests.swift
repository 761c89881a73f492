import Foundation
import HoneCore
import Testing

@testable import HoneEvolution

@Suite("a search whose money or time comes to an end", .computing)
struct ClosingTests {
    static func searching(_ kind: SearchKind, after trials: Int, seed: UInt64 = 3) throws -> Searching {
        var searching = try Searching(kind.search, seed: seed, rollouts: 1_000)
        while 1_000 - searching.run.rolloutsLeft < trials, let request = searching.run.ask().first {
            searching.answer(request)
        }
        return searching
    }

    @Test(
        "asks for nothing new, validates the best of what it has, and ends", arguments: SearchKind.allCases,
        [0, 1, 15, 60, 130, 250])
    func closing(kind: SearchKind, trials: Int) throws {
        var searching = try Self.searching(kind, after: trials)
        let known = searching.run.board.candidates.count
        searching.run.close()
        var asked = 0
        while !searching.run.ask().isEmpty {
            for request in searching.run.ask() {
                guard case .trial(let trial) = request else {
                    Issue.record("it wants \(request)")
                    return
                }
                #expect(Searching.validation.contains(trial.caseID))
                asked += 1
                searching.answer(request)
            }
        }
        let (board, best) = (searching.run.board, searching.run.best.number)
        #expect(searching.run.isClosed && board.candidates.count == known && asked <= 300, "\(asked)")
        #expect(board.isComplete(0, on: Searching.validation))
        #expect(best == 0 || board.results(of: best, on: Searching.validation).count >= 10)
        #expect(searching.quality >= searching.landscape.trueQuality("Answer the question.") - 0.02)
    }

    @Test(
        "is stored and goes on to the same bytes, and what was open before counts no more",
        arguments: SearchKind.allCases)
    func resuming(kind: SearchKind) throws {
        var straight = try Self.searching(kind, after: 97)
        let open = straight.run.ask()
        straight.run.close()
        straight.run.close()
        var resumed = straight
        for case .trial(let trial) in open where !Searching.validation.contains(trial.caseID) {
            resumed.run.tell(trial, nil)
        }
        while let request = resumed.run.ask().first {
            resumed.answer(request)
            resumed.run = try JSONDecoder().decode(SearchRun.self, from: resumed.bytes)
        }
        straight.finish()
        #expect(try resumed.bytes == straight.bytes && straight.run.ask().isEmpty)
    }

    @Test(
        "finds no less by closing than by breaking off, and breaking off sends nothing worse than today's to the gate")
    func breakingOff() throws {
        let start = "Answer the question."
        for trials in [40, 90, 160] {
            var (closed, broken) = ([Double](), [Double]())
            for seed in 1...8 as ClosedRange<UInt64> {
                var searching = try Self.searching(.gepa, after: trials, seed: seed)
                broken.append(searching.quality - searching.landscape.trueQuality(start))
                searching.run.close()
                searching.finish()
                closed.append(searching.quality - searching.landscape.trueQuality(start))
            }
            #expect(broken.allSatisfy { $0 >= -0.02 } && closed.allSatisfy { $0 >= -0.02 }, "\(broken) \(closed)")
            #expect(closed.reduce(0, +) >= broken.reduce(0, +) - 0.1, "\(trials): \(broken) \(closed)")
        }
    }
}
