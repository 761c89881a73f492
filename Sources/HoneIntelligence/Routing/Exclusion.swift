public import HoneCore

/// Why an agent cannot take a task.
public enum Exclusion: Hashable, Sendable, CustomStringConvertible {
    case notAWorker
    case lifecycle(AgentLifecycle)
    case otherSpecialization
    case missingTools([String])
    case modelUnavailable
    case circuitOpen
    case notAllowed
    case excluded
    case tooExpensive(likely: MicroUSD)
    case tooSlow(likelySeconds: Double)
    case alreadyTried
    case probationShare

    /// Another task, without these constraints, it could have taken.
    public var isByConstraint: Bool {
        switch self {
        case .notAllowed, .excluded, .tooExpensive, .tooSlow: true
        case .notAWorker, .lifecycle, .otherSpecialization, .missingTools, .modelUnavailable, .circuitOpen,
            .alreadyTried,
            .probationShare:
            false
        }
    }

    public var description: String {
        switch self {
        case .notAWorker: "is not a worker"
        case .lifecycle(let state): "is \(state.rawValue), not live"
        case .otherSpecialization: "does not do this category"
        case .missingTools(let tools): "lacks \(tools.joined(separator: ", "))"
        case .modelUnavailable: "has no model available"
        case .circuitOpen: "has a model that does not answer at present"
        case .notAllowed: "is not among the allowed agents"
        case .excluded: "is excluded by the task"
        case .tooExpensive(let likely): "usually costs up to \(likely)"
        case .tooSlow(let seconds): "usually takes up to \(Int(seconds.rounded(.up))) s"
        case .alreadyTried: "has tried already"
        case .probationShare: "is on probation, whose share of the traffic is used up"
        }
    }
}
