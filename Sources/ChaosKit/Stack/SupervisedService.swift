import Foundation
import Synchronization
import TestServers

/// One process of a service with someone who starts it again when it is gone.
final class SupervisedService: Sendable {
    let id: ServiceID
    private let command: [String]
    private let log: String
    private let state = Mutex(State())

    private struct State {
        var process: ServerProcess?
        var wasKilled = false
        var isFrozen = false
        var dueAt: ContinuousClock.Instant?
        /// Ends that nobody asked for.
        var ownEnds = 0
    }

    init(_ id: ServiceID, command: [String], log: String) {
        self.id = id
        self.command = command
        self.log = log
    }

    var ownEnds: Int { state.withLock { $0.ownEnds } }
    var pid: Int32? { state.withLock { $0.process?.pid } }
    /// Whether it runs and is not frozen.
    var isAtWork: Bool { state.withLock { $0.process != nil && !$0.isFrozen } }

    func start() throws {
        let process = try ServerProcess("/usr/bin/env", command, log: log, stopSignal: "TERM")
        state.withLock { state in
            state.process = process
            state.dueAt = nil
            (state.wasKilled, state.isFrozen) = (false, false)
        }
    }

    /// Ends it as by `kill -9`; returns the process id that it had, nil when it was not running.
    func kill(restartAfter pause: Duration) -> Int32? {
        let process = state.withLock { state -> ServerProcess? in
            defer { state.process = nil }
            guard state.process != nil else { return nil }
            state.wasKilled = true
            state.dueAt = .now + pause
            return state.process
        }
        process?.kill()
        return process?.pid
    }

    /// Stops the process where it stands; returns its id, nil when it was not running.
    func freeze() -> Int32? {
        signal(SIGSTOP, isFrozen: true)
    }

    /// Lets the process go on, if it is still the one that was frozen.
    func thaw(_ pid: Int32) {
        guard self.pid == pid else { return }
        _ = signal(SIGCONT, isFrozen: false)
    }

    private func signal(_ signal: Int32, isFrozen: Bool) -> Int32? {
        state.withLock { state in
            guard let process = state.process else { return nil }
            process.signal(signal)
            state.isFrozen = isFrozen
            return process.pid
        }
    }

    /// What a supervisor does every moment: notes an end, and starts again when it is time.
    func supervise(pause: Duration) throws {
        let (process, dueAt) = state.withLock { ($0.process, $0.dueAt) }
        if let process, !process.isRunning {
            process.stop()
            state.withLock { state in
                state.process = nil
                state.ownEnds += 1
                state.dueAt = .now + pause
            }
        } else if process == nil, let dueAt, dueAt <= .now {
            try start()
        }
    }

    /// Ends it for good.
    func end() {
        state.withLock { state in
            defer { (state.process, state.dueAt) = (nil, nil) }
            return state.process
        }?.kill()
    }
}
