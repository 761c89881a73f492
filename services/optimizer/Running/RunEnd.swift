import Foundation
import HoneCore

/// Why a run ended.
enum RunEnd: Error, Hashable, Sendable, Codable {
    /// The search has nothing more to try, or has used its rollouts.
    case searched
    /// Its share of so many minutes is over; the rest is the gate's.
    case time(Double)
    /// It has found something, and the rest of its money is the gate's.
    case saving(String)
    /// A budget did not pay a call.
    case unaffordable(TaskFault)
    /// The agent was retired.
    case agentGone(AgentID)
    /// It cannot begin, or go on.
    case impossible(TaskFault)
    /// Somebody else ended it, or goes on with it: there is nothing left to do.
    case overtaken
}

extension RunEnd {
    /// One sentence for people.
    func reason(rolloutsUsed used: Int, of rollouts: Int) -> String {
        switch self {
        case .searched:
            used >= rollouts
                ? "all \(rollouts) rollouts are used" : "the search had nothing more to try after \(used) rollouts"
        case .time(let minutes):
            "the time is over: of its \(minutes.formatted()) minutes the last \(RunWatch.gatePercent) % are the gate's"
        case .saving(let share): "\(share) are used; the rest is for the gate"
        case .unaffordable(let fault): "a budget ended it: \(fault.message)"
        case .agentGone(let agent): "agent \(agent) is retired"
        case .impossible(let fault): fault.message
        case .overtaken: "somebody else ended it"
        }
    }

    /// What went wrong; nil where what was found by then stands.
    func fault(rolloutsUsed used: Int) -> ErrorCode? {
        switch self {
        case .searched, .time, .saving, .overtaken: nil
        case .unaffordable(let fault): used == 0 ? fault.code : nil
        case .agentGone: .unknownAgent
        case .impossible(let fault): fault.code
        }
    }
}

extension RunEnd {
    /// Whether what was found by then may be put to the test.
    var leavesRoomForGate: Bool {
        switch self {
        case .searched, .time, .saving, .unaffordable: true
        case .agentGone, .impossible, .overtaken: false
        }
    }

    /// Whether the best may be looked at more closely first. Where one thing could not be paid, others may, if there is
    /// anything to look at.
    func leavesRoomForValidation(hasFound: Bool) -> Bool {
        switch self {
        case .time, .saving: true
        case .unaffordable: hasFound
        case .searched, .agentGone, .impossible, .overtaken: false
        }
    }
}
