import Testing

@testable import HoneEvolution

@Suite("auto budgets")
struct EffortTests {
    static func cases(validation: Int) throws -> SearchCases {
        try SearchCases(
            train: (0..<20).map { "t\($0)" }, validation: (0..<validation).map { "v\($0)" })
    }

    /// What `GEPA(auto:).auto_budget(num_preds=1, …)` of DSPy 3 gives for the same validation set.
    @Test("grant what DSPy grants for the same word", arguments: zip(Effort.allCases, [540, 890, 1_315]))
    func rollouts(effort: Effort, granted: Int) throws {
        #expect(effort.rollouts(try Self.cases(validation: 40)) == granted)
    }

    @Test("grow with the effort and with the suite, and always suffice for a find", arguments: SearchAlgorithm.allCases)
    func growth(algorithm: SearchAlgorithm) throws {
        for validation in [1, 5, 10, 40, 200] {
            let cases = try Self.cases(validation: validation)
            let larger = try Self.cases(validation: validation + 1)
            let granted = Effort.allCases.map { SearchPlan(algorithm, $0, cases: cases).rollouts }
            #expect(granted == granted.sorted() && Set(granted).count == 3)
            #expect(granted[0] >= SearchPlan.leastRollouts(cases))
            #expect(Effort.light.rollouts(larger) > granted[0])
        }
    }

    @Test("give way to a number of rollouts that was asked for")
    func override() throws {
        #expect(SearchPlan(.gepa, .heavy, cases: try Self.cases(validation: 10), rollouts: 7).rollouts == 7)
    }

    @Test("size the algorithms")
    func sizes() throws {
        let cases = try Self.cases(validation: 40)
        #expect(SearchPlan(.nsga2, .light, cases: cases).search == .nsga2(NSGA2Search(size: 10)))
        #expect(SearchPlan(.mipro, .heavy, cases: cases).search == .mipro(MIPRO(proposals: 18, minibatch: 10)))
    }
}
