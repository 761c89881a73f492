import Foundation
import Synchronization

/// Lets an actor make calls that block: its work runs on a thread of its own and never borrows the shared pool.
final class BlockingLane: SerialExecutor {
    private let jobs = JobQueue()

    init(name: String) {
        let thread = Thread { [jobs] in
            while let (lane, job) = jobs.next() {
                unsafe job.runSynchronously(on: lane.asUnownedSerialExecutor())
            }
        }
        thread.name = name
        thread.start()
    }

    deinit { jobs.close() }

    func enqueue(_ job: consuming ExecutorJob) {
        jobs.add(UnownedJob(job), on: self)
    }
}

/// Jobs waiting for their thread. Each keeps its lane alive until it has run.
private final class JobQueue: Sendable {
    private let waiting = Mutex<[(BlockingLane, UnownedJob)]>([])
    private let arrivals = DispatchSemaphore(value: 0)

    func add(_ job: UnownedJob, on lane: BlockingLane) {
        waiting.withLock { $0.append((lane, job)) }
        arrivals.signal()
    }

    /// Wakes the thread for the last time: it finds nothing waiting.
    func close() { arrivals.signal() }

    /// Blocks until there is a job; nil once the lane is gone.
    func next() -> (BlockingLane, UnownedJob)? {
        arrivals.wait()
        return waiting.withLock { $0.isEmpty ? nil : $0.removeFirst() }
    }
}
