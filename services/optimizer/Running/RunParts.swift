import Foundation
import HoneBus
import HoneService
import HoneStore
import Logging

/// What every run of a process stands on.
struct RunParts: Sendable {
    let store: Store
    let desk: TrialDesk
    let proposals: ProposalDesk
    let directory: Directory
    let progress: ProgressWriter
    /// Seconds after which any run must end.
    let longestRun: TimeInterval
    let logger: Logger
    var now: @Sendable () -> Date = { Date() }
}
