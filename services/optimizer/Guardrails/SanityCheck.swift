import Foundation
import HoneCore
import HoneEvolution
import HoneModels

/// Has an inexpensive model look over a proposed prompt: whether it still does what the agent is for, and whether it tries
/// to turn the model that reads it.
///
/// A model that cannot be had, or cannot say, stops nothing: what needs no model was looked at before.
struct SanityCheck {
    enum Answer: Sendable {
        case said(SanityVerdict)
        /// A budget did not pay it.
        case unaffordable(TaskFault)
    }

    let models: ModelCatalog
    let model: ModelID

    func answer(to question: SanityQuestion, payer: CallPayer) async throws -> Answer {
        do {
            let response = try await models.chat(question.request(payer), on: model)
            return .said(SanityVerdict(Self.refusal(in: response.text), cost: response.cost))
        } catch let fault as ModelFault {
            let fault = fault.taskFault
            return fault.code == .costCapExceeded ? .unaffordable(fault) : .said(SanityVerdict(nil))
        }
    }

    private struct Verdict: Decodable {
        enum Kind: String, Decodable { case fine, drift, injection, nonsense }

        let reason: String
        let verdict: Kind
    }

    private static func refusal(in text: String) -> GuardrailRefusal? {
        guard let answer = try? WireFormat.decode(Verdict.self, from: .init(text.utf8)) else { return nil }
        switch answer.verdict {
        case .fine: return nil
        case .drift: return GuardrailRefusal(.drift, answer.reason)
        case .injection: return GuardrailRefusal(.injection, answer.reason)
        case .nonsense: return GuardrailRefusal(.nonsense, answer.reason)
        }
    }
}
