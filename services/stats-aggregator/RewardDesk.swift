import HoneCore
import HoneIntelligence
import HoneService
import HoneStore

/// What a task earns, by the evidence on record.
struct RewardDesk {
    let efforts: EffortBook
    let trust: TrustBook

    /// The category's fast quarter and median price; the usual ones until enough tasks tell.
    func reference(for task: LedgerEvidence) -> RewardReference {
        let usual = efforts.usualEffort(task.category, complexity: nil)
        let seconds = usual?.durationP25 ?? EffortBook.usual.durationSeconds
        return RewardReference(
            cost: efforts.reference(task.category, complexity: nil).cost,
            durationMilliseconds: Int64((seconds * 1_000).rounded()))
    }

    func reward(for task: LedgerEvidence, reference: RewardReference) -> Reward {
        let opinions = task.opinions.map { (score: $0.score, reliability: trust.reliability(of: $0.reviewer)) }
        let evidence = RewardEvidence(
            fault: task.errorCode, overall: task.overall, cost: task.cost,
            durationMilliseconds: task.durationMilliseconds, rating: task.rating, peerMean: peerMean(opinions))
        return Reward(evidence, reference: reference)
    }
}
