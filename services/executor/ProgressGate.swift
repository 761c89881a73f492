import HoneCore
import HoneMessages
import HoneService
import Synchronization

/// What an attempt tells its watchers, held back until it is certain that the attempt is the task's own.
final class ProgressGate: Sendable {
    private let progress: ProgressWriter
    private let assignment: TaskAssigned
    private let traceparent: String?
    /// Nil once it is open.
    private let held = Mutex<[ProgressMade]?>([])

    init(of assignment: TaskAssigned, traceparent: String?, to progress: ProgressWriter) {
        self.assignment = assignment
        self.traceparent = traceparent
        self.progress = progress
    }

    func tell(_ events: [ProgressMade]) {
        held.withLock { held in
            if held == nil { write(events) } else { held? += events }
        }
    }

    func open() {
        held.withLock { held in
            write(held ?? [])
            held = nil
        }
    }

    /// People wait for what is interactive; anything else may travel together.
    private func write(_ events: [ProgressMade]) {
        progress.write(events, promptly: assignment.lane == .interactive, traceparent: traceparent)
    }
}
