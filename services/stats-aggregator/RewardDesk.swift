import HoneCore
import HoneIntelligence
import HoneService
import HoneStore

/// What a task earns, by the evidence on record.
struct RewardDesk {
    let efforts: EffortBook
    let trust: TrustBook
    var circumstances = Circumstances.none

    /// The category's fast quarter and median price; the usual ones until enough tasks tell.
    private func reference(for task: LedgerEvidence) -> RewardReference {
        let recorded = circumstances.recall(.reward, of: "\(task.taskID)") {
            let usual = efforts.usualEffort(task.category, complexity: nil)
            let seconds = usual?.durationP25 ?? EffortBook.usual.durationSeconds
            return RecordedReference(
                costMicroUSD: efforts.reference(task.category, complexity: nil).cost.rawValue,
                durationMilliseconds: Int64((seconds * 1_000).rounded()))
        }
        return RewardReference(
            cost: MicroUSD(recorded.costMicroUSD), durationMilliseconds: recorded.durationMilliseconds)
    }

    /// The row of a task. It keeps the reference it was first measured against, and each review the trust it was first
    /// given: late evidence adds its own points and no others.
    func entry(for task: LedgerEvidence) -> LedgerEntry {
        var task = task
        for index in task.opinions.indices where task.opinions[index].trust == nil {
            let reviewer = task.opinions[index].reviewer
            task.opinions[index].trust = circumstances.recall(.trust, of: "\(task.taskID)/\(reviewer)") {
                trust.reliability(of: reviewer)
            }
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

/// A reference as a recording keeps it.
private struct RecordedReference: Codable {
    var costMicroUSD: Int64
    var durationMilliseconds: Int64
}
