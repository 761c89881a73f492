import HoneCore
import Testing

@testable import HoneIntelligence

@Suite("the simulation of routing", .computing)
struct SimulationTests {
    private static var small: SimulatedWorldOptions {
        var options = SimulatedWorldOptions()
        options.tasks = 3_000
        options.tasksPerDay = 100
        options.agents = 8
        options.categories = 3
        options.latecomers = 2
        return options
    }

    @Test("the same seed gives the same figures, another seed others", arguments: SimulatedPolicy.allCases)
    func seeds(policy: SimulatedPolicy) {
        let results = [7, 7, 8].map { RoutingSimulation(Self.small, seed: $0).result(of: policy) }
        #expect(results[0] == results[1])
        #expect(results[0] != results[2])
        #expect(results[0].cumulativeRegret > 0 && (0...1).contains(results[0].passRate))
    }

    @Test("learning beats taking turns, and no policy beats the oracle")
    func order() {
        let results = SimulatedPolicy.compared.map { RoutingSimulation(Self.small, seed: 3).result(of: $0) }
        for result in results { #expect(result.lateRegret >= 0 && result.lateRegret <= result.cumulativeRegret) }
        #expect(results[0].policy == .thompson && results[3].policy == .roundRobin)
        #expect(results[0].cumulativeRegret < results[3].cumulativeRegret / 2)
        #expect(results[0].passRate > results[3].passRate)
    }

    @Test("the world goes its way whatever the policy does, and nobody is there before joining")
    func world() {
        var (left, right) = (SimulatedWorld(Self.small, seed: 4), SimulatedWorld(Self.small, seed: 4))
        var announced = 0
        for _ in 0..<30 {
            let changes = left.passDay()
            announced += changes.count
            #expect(changes == right.passDay())
        }
        #expect(announced > 2)
        #expect(left.chanceOfPassing(3, 1) == right.chanceOfPassing(3, 1))
        #expect(left.joins == [0, 0, 0, 0, 0, 0, 10, 20])
    }
}
