import HoneBus
import HoneCore
import HoneMessages
import HoneService
import HoneStore
import Logging

/// A search that nobody asks for at this moment: a schedule's, or one that observation calls for.
struct StandingOrder {
    /// What became of it.
    enum Fate {
        /// It is on record: tell of it when the transaction is over.
        case placed(OptimizationRequested)
        /// Another search of the agent is not over.
        case waits
        /// The agent cannot be improved as it stands; in a sentence.
        case refused(String)

        /// What was put on record.
        var request: OptimizationRequested? {
            if case .placed(let request) = self { request } else { nil }
        }
    }

    let id: OptimizationID
    let request: OptimizationRequested
    let actor: String

    /// Puts it on record as a person's wish is put there; `store` may be in a transaction.
    func place(in store: Store) async throws -> Fate {
        do {
            let record = try await OptimizationIntake(store).queue(request, as: id, by: actor, alone: true)
            var told = request
            (told.optimizationID, told.seed) = (id, record.seed)
            return .placed(told)
        } catch OptimizationRefusal.underWay {
            return .waits
        } catch let refusal as OptimizationRefusal {
            return .refused(refusal.reason)
        } catch let fault as InvalidValue {
            return .refused("\(fault)")
        }
    }
}

extension Publisher {
    /// Tells of searches that are on record, where the optimizer finds them even if nobody hears this.
    func tell(of requests: [OptimizationRequested], logger: Logger) async {
        guard !requests.isEmpty else { return }
        do {
            try await publish(
                requests.compactMap { request in
                    try request.optimizationID.map { try Publication(request, id: $0.uuid) }
                })
        } catch {
            logger.warning("a search was not told of; it is on record", metadata: ["error": "\(error)"])
        }
    }
}
