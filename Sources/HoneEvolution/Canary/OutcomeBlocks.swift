/// Values of two prompts that arrive mixed, cut into blocks that hold both.
///
/// Within each kind of task a block ends as soon as both prompts are in it. Which task goes to which prompt is drawn when
/// it arrives, so that where the blocks end says nothing of what is in them, whatever share each prompt has; and both
/// sides of a block are of the same time (k-sample blocks: Turner, Ly and Grünwald, JSPI 230, 2024).
struct OutcomeBlocks: Sendable, Hashable {
    struct Block: Sendable, Hashable {
        var old: [Double] = []
        var new: [Double] = []

        var isWhole: Bool { !old.isEmpty && !new.isEmpty }
    }

    private var open: [CanaryOutcome.Stratum: Block] = [:]

    /// The block that this value makes whole; nil when it still lacks a prompt.
    mutating func add(
        _ value: Double, of side: CanaryOutcome.Side, in stratum: CanaryOutcome.Stratum
    ) -> Block? {
        var block = open[stratum] ?? Block()
        switch side {
        case .old: block.old.append(value)
        case .new: block.new.append(value)
        }
        open[stratum] = block.isWhole ? nil : block
        return block.isWhole ? block : nil
    }
}
