import HoneCore
import HoneIntelligence
import Testing

@Suite("Agreement")
struct AgreementTests {
    private func pairs(_ bothYes: Int, _ onlyLeft: Int, _ onlyRight: Int, _ bothNo: Int) -> [(Bool, Bool)] {
        [((true, true), bothYes), ((true, false), onlyLeft), ((false, true), onlyRight), ((false, false), bothNo)]
            .flatMap { Array(repeating: $0.0, count: $0.1) }
    }

    @Test("κ is the agreement beyond chance, with an interval")
    func kappa() throws {
        let kappa = CohenKappa(pairs(20, 5, 10, 15))
        #expect(isClose(kappa.agreement, 0.7) && isClose(kappa.value, 0.4))
        let interval = try #require(kappa.interval)
        #expect(isClose(interval.lowerBound, 0.4 - 1.96 * 0.1274, within: 5e-3))
        #expect(isClose(interval.upperBound, 0.4 + 1.96 * 0.1274, within: 5e-3))
    }

    @Test("κ of chance is zero, of contradiction negative, of one word undefined")
    func kappaEdges() {
        #expect(isClose(CohenKappa(pairs(10, 10, 10, 10)).value, 0))
        #expect(isClose(CohenKappa(pairs(0, 10, 10, 0)).value, -1))
        let sure = CohenKappa(pairs(6, 0, 0, 4))
        #expect(isClose(sure.value, 1) && sure.interval == nil)
        let oneWord = CohenKappa(pairs(9, 0, 0, 0))
        #expect(oneWord.value == nil && oneWord.agreement == 1)
        #expect(CohenKappa([]).value == nil && CohenKappa([]).agreement == nil)
    }

    @Test("Spearman's ρ shares ranks between equal scores")
    func spearman() throws {
        #expect(isClose(RankCorrelation([(1, 1), (2, 3), (2, 2), (4, 4)]).value, 0.9486832980505138))
        #expect(isClose(RankCorrelation([(1, 9), (2, 8), (3, 1)]).value, -1))
        #expect(RankCorrelation([(1, 1), (1, 2), (1, 3)]).value == nil)
        #expect(RankCorrelation([(1, 1), (2, 2)]).value == nil)
        let some = RankCorrelation((0..<40).map { (Double($0), Double($0 * 7 % 40)) })
        let (value, interval) = (try #require(some.value), try #require(some.interval))
        #expect(interval.contains(value) && interval.lowerBound > -1 && interval.upperBound < 1)
    }

    @Test("ρ sees the order only: any rising scale gives the same")
    func orderOnly() {
        var generator = SeededGenerator(seed: UInt64(3))
        let cases = (0..<50).map { _ in (generator.nextUnit(), (generator.nextUnit() * 5).rounded(.down)) }
        let stretched = cases.map { ($0.0 * $0.0 * $0.0 * 100 - 7, $0.1 * 0.25) }
        #expect(isClose(RankCorrelation(cases).value, RankCorrelation(stretched).value ?? 2))
    }

    @Test("a judge is held against people and known answers alike")
    func agreement() {
        let judged = Agreement([
            .init(score: 0.9, rating: 5), .init(score: 0.6, rating: 3), .init(score: 0.2, rating: 1),
            .init(score: 0.7, rating: 2),
        ])
        #expect(judged.count == 4 && isClose(judged.kappa.agreement, 0.75) && isClose(judged.kappa.value, 0.5))
        #expect(isClose(judged.bias, (0.9 - 1 + 0.6 - 0.5 + 0.2 - 0 + 0.7 - 0.25) / 4))
        // A check that asks for all of it fails two thirds.
        #expect(Agreement([.init(score: 0.6, truth: 2.0 / 3, isRight: false)]).kappa.agreement == 0)
        #expect(Agreement([]).bias == nil)
    }

    @Test("a judge's noise is the spread within works, not between them")
    func noise() {
        let noise = JudgeNoise([[0.2, 0.4], [0.9, 0.7], [0.5], []])
        #expect(noise.works == 2 && noise.verdicts == 4 && isClose(noise.deviation, 0.02.squareRoot()))
        #expect(isClose(JudgeNoise([[0.8, 0.8], [0.1, 0.1, 0.1]]).deviation, 0))
        #expect(JudgeNoise([[0.8]]).deviation == nil)
        var generator = SeededGenerator(seed: UInt64(11))
        let many = (0..<4_000).map { _ in
            let quality = generator.nextUnit()
            return (0..<2).map { _ in generator.nextNormal(mean: quality, deviation: 0.08) }
        }
        #expect(isClose(JudgeNoise(many).deviation, 0.08, within: 0.003))
    }

    @Test(
        "a model's family is the word of its line",
        arguments: [
            ("gpt-4.1-mini", "gpt"), ("openai/chatgpt-4o-latest", "gpt"), ("o3-mini", "gpt"),
            ("claude-3-5-haiku-latest", "claude"), ("us.anthropic.claude-3-haiku", "claude"),
            ("meta-llama/Llama-3.1-8B-Instruct", "llama"), ("smollm2-135m", "smollm"), ("Qwen2.5-7B", "qwen"),
            ("QwQ-32B", "qwen"), ("mistralai/Mixtral-8x7B", "mistral"), ("models/gemini-2.0-flash", "gemini"),
            ("4711", "4711"),
        ])
    func family(name: String, family: String) {
        #expect(ModelFamily(ofModel: name).description == family)
    }
}
