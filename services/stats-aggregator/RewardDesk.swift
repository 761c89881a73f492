import HoneCore
import HoneIntelligence
import HoneService
import HoneStore

/// What a task earns, by the evidence on record.
struct RewardDesk {
    let efforts: EffortBook
    let trust: TrustBook

    /// The category's fast quarter and median price; the usual ones until enough tasks tell.
    private func reference(for task: LedgerEvidence) -> RewardReference {
        let usual = efforts.usualEffort(task.category, complexity: nil)
        let seconds = usual?.durationP25 ?? EffortBook.usual.durationSeconds
        return RewardReference(
            cost: efforts.reference(task.category, complexity: nil).cost,
            durationMilliseconds: Int64((seconds * 1_000).rounded()))
    }

    /// The row of a task. It keeps the reference it was first measured against, and each review the trust it was first
    /// given: late evidence adds its own points and no others.
    func entry(for task: LedgerEvidence) -> LedgerEntry {
        var task = task
        for index in task.opinions.indices where task.opinions[index].trust == nil {
            task.opinions[index].trust = trust.reliability(of: task.opinions[index].reviewer)
        }
        let reference = task.reference ?? reference(for: task)
        return LedgerEntry(task, reward: reward(for: task, reference), reference: reference)
    }

    private func reward(for task: LedgerEvidence, _ reference: RewardReference) -> Reward {
        let opinions = task.opinions.map { (score: $0.score, reliability: $0.trust ?? 0) }
        let evidence = RewardEvidence(
            fault: task.errorCode, overall: task.overall, cost: task.cost,
            durationMilliseconds: task.durationMilliseconds, rating: task.rating, peerMean: peerMean(opinions))
        return Reward(evidence, reference: reference)
    }
}
