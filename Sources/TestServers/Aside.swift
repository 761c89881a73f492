import Foundation
import Synchronization

/// Where tests that compute for long do so: one after the other, on a thread that gives way to all others. The pool that
/// tests run on has as many threads as there are cores, and who computes there holds up all that wait.
public final class Aside: TaskExecutor {
    public static let shared = Aside()

    private let jobs = Mutex<[UnownedJob]>([])
    private let bell = DispatchSemaphore(value: 0)

    private init() {
        Thread { self.work() }.start()
    }

    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        jobs.withLock { $0.append(job) }
        bell.signal()
    }

    private func work() {
        // Of this thread alone, as Linux has it.
        setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 19)
        while true {
            bell.wait()
            jobs.withLock { $0.removeFirst() }.runSynchronously(on: asUnownedTaskExecutor())
        }
    }
}
