import Foundation
import HoneBus
import HoneEvolution
import HoneService
import HoneStore
import Logging

/// What every run of a process stands on.
struct RunParts: Sendable {
    let store: Store
    let desk: TrialDesk
    let proposals: ProposalDesk
    /// Keeps what improvements taught.
    let memory: InsightDesk
    let directory: Directory
    let progress: ProgressWriter
    /// Seconds after which any run must end.
    let longestRun: TimeInterval
    /// What gates ask of a prompt, unless a run was given others.
    let gateRules: GateRules
    let logger: Logger
    var now: @Sendable () -> Date = { Date() }
}
