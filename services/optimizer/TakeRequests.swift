import HoneBus
import HoneCore
import HoneMessages
import HoneService
import HoneStore
import Logging

/// Puts requested searches on record: those of the gateway are there already, those from outside and of schedules may not
/// be. What cannot begin goes to the dead letters with the field that is wrong.
struct TakeRequests: MessageHandler {
    let store: Store

    func handle(_ message: Received<OptimizationRequested>, in context: HandlerContext) async throws -> Outcome {
        let id = message.body.optimizationID ?? OptimizationID(message.id.derived("optimization"))
        do {
            let record = try await OptimizationIntake(store).queue(
                message.body, as: id, by: message.source ?? "stream", alone: false)
            guard record.agentID == message.body.agentID else {
                throw InvalidValue(
                    path: "optimization_id", found: "one of agent \(record.agentID)",
                    expected: "an optimization of \(message.body.agentID)")
            }
            return .done
        } catch let fault as InvalidValue {
            return .reject(because: TaskFault(.invalidMessage, "\(fault)"))
        } catch let refusal as OptimizationRefusal {
            return .reject(because: refusal.fault)
        }
    }
}
