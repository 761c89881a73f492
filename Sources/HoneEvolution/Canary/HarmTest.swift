/// Evidence that the new prompt is worse by one measure, block by block: the gate's test martingale, turned round.
///
/// It may be looked at after every block; of prompts that are alike it reaches its threshold with a chance of at most
/// ``alpha``. Once reached, it stays proved.
struct HarmTest: Sendable, Hashable {
    /// The chance to be wrong.
    let alpha: Double
    private(set) var isProved = false
    private var blocks = OutcomeBlocks()
    private var martingale = TestMartingale()
    private var gains = RunningMean()

    init(alpha: Double) {
        self.alpha = alpha
    }

    /// Adds a value; `harm` says by how much a whole block speaks against the new prompt, in −1…1, with a mean of at most
    /// 0 for prompts that are alike.
    mutating func add(
        _ value: Double, of outcome: CanaryOutcome, harm: (OutcomeBlocks.Block) -> Double
    ) {
        guard let block = blocks.add(value, of: outcome.side, in: outcome.stratum) else { return }
        let harm = harm(block)
        martingale.add(harm)
        gains.add(-harm)
        isProved = isProved || martingale.proves(at: alpha)
    }

    /// Nil before the first block.
    var figures: CanaryReport.Measure? {
        guard gains.count > 0 else { return nil }
        let width = 1.96 * gains.standardError
        return CanaryReport.Measure(
            blocks: gains.count, gain: gains.mean, low: gains.mean - width, high: gains.mean + width,
            evidence: martingale.evidence, threshold: 1 / alpha)
    }
}
