import Foundation
import HoneCore
import HoneEvolution

/// What a model said of a proposed prompt, and what that cost.
struct SanityVerdict: Codable, Hashable, Sendable {
    /// Nil for a prompt that may be tried.
    let refusal: GuardrailRefusal?
    private let costMicroUSD: Int64

    init(_ refusal: GuardrailRefusal?, cost: MicroUSD? = nil) {
        self.refusal = refusal
        costMicroUSD = (cost ?? .zero).rawValue
    }

    var cost: MicroUSD { MicroUSD(costMicroUSD) }
}

/// Verdicts that are paid for, by the proposal and the question, until the proposal is answered.
struct CheckRecord: Codable, Hashable, Sendable {
    private var verdicts: [Int: [String: SanityVerdict]] = [:]

    func verdict(on question: SanityQuestion, of proposal: Int) -> SanityVerdict? {
        verdicts[proposal]?["\(question.id)"]
    }

    mutating func keep(_ verdict: SanityVerdict, on question: SanityQuestion, of proposal: Int) {
        verdicts[proposal, default: [:]]["\(question.id)"] = verdict
    }

    mutating func forget(_ proposal: Int) { verdicts[proposal] = nil }
}
