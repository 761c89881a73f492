import Foundation

/// Lets an actor make calls that block: its work runs on a thread of its own and never borrows the shared pool.
///
/// A dispatch queue would not do, since its threads come from a pool with a limit that blocked ones use up. The
/// thread ends when the lane is released. A task that prefers the lane begins on it, without a stop in the pool.
final class BlockingLane: SerialExecutor, TaskExecutor {
    private let jobs = JobQueue()

    init(name: String) {
        let thread = Thread { [jobs] in
            ignoreBrokenPipes()
            while let work = jobs.next() { work() }
        }
        thread.stackSize = 1 << 19
        thread.start()
        thread.name = name
    }

    deinit { jobs.close() }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        jobs.add {
            unsafe job.runSynchronously(
                isolatedTo: self.asUnownedSerialExecutor(), taskExecutor: self.asUnownedTaskExecutor())
        }
    }
}

/// hiredis writes with `write`, so a server that has gone would otherwise end the process by SIGPIPE.
private func ignoreBrokenPipes() {
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe sigaddset(&signals, SIGPIPE)
    unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
}

/// Work in order of arrival, with one thread that waits for it.
private final class JobQueue: @unchecked Sendable {
    // Sendable: `waiting` and `isClosed` are only touched while `condition` is locked.
    private let condition = NSCondition()
    private var waiting: [@Sendable () -> Void] = []
    private var isClosed = false

    func add(_ work: @escaping @Sendable () -> Void) {
        condition.lock()
        waiting.append(work)
        condition.unlock()
        // Behind the lock: else the thread would wake up only to wait for it.
        condition.signal()
    }

    /// The next piece of work, as soon as there is one; nil at the end.
    func next() -> (@Sendable () -> Void)? {
        condition.lock()
        defer { condition.unlock() }
        while waiting.isEmpty && !isClosed { condition.wait() }
        return waiting.isEmpty ? nil : waiting.removeFirst()
    }

    func close() {
        condition.lock()
        isClosed = true
        condition.signal()
        condition.unlock()
    }
}
