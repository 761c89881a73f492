import Foundation
import Synchronization

/// Keeps one program running: starts it as its child, starts it again when it ends by itself, and takes it along when it
/// is told to leave or dies.
///
/// All of it happens on the main thread: Linux counts a child as orphaned when the thread that started it ends.
struct Keeper {
    /// The program's path and its arguments.
    let command: [String]
    /// Names the program, not its keeper.
    let pidFile: String
    let log: String

    private static let firstPause = 0.2
    private static let longestPause = 10.0
    /// A program that ran this long starts its next failure afresh.
    private static let longRun: Duration = .seconds(30)
    /// One that gives up by itself so soon after its very first start has a fault that no other start mends.
    private static let shortRun: Duration = .seconds(3)

    /// Returns when the program has ended for good, with its exit status.
    func run() throws -> Int32 {
        for signal in [SIGTERM, SIGINT] { Self.passOn(signal) }
        var pause = Self.firstPause
        for start in 1... {
            let began = ContinuousClock.now
            let ending = try live()
            let life = ContinuousClock.now - began
            if parting.load(ordering: .relaxed) != 0 { return ending.status }
            if start == 1, ending.signal == 0, ending.status != 0, life < Self.shortRun { return ending.status }
            if life > Self.longRun { pause = Self.firstPause }
            Terminal.complain("hone: \(command[0]) ended (\(ending)); it is started again in \(pause) s")
            Thread.sleep(forTimeInterval: pause)
            pause = min(Self.longestPause, pause * 2)
            if parting.load(ordering: .relaxed) != 0 { return ending.status }
        }
        return 0
    }

    /// One life of the program.
    private func live() throws -> Ending {
        let dying = [try Programs.find("setpriv"), "--pdeathsig", "TERM"]
        let process = DetachedProcess(
            command: dying + command, environment: ProcessInfo.processInfo.environment,
            folder: FileManager.default.currentDirectoryPath, log: log)
        let pid = try process.start().pid
        child.store(pid, ordering: .sequentiallyConsistent)
        try Data("\(pid)\n".utf8).write(to: URL(fileURLWithPath: pidFile))
        // Asked to leave while there was no child yet.
        let signal = parting.load(ordering: .sequentiallyConsistent)
        if signal != 0 { kill(pid, signal) }
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        child.store(0, ordering: .sequentiallyConsistent)
        return Ending(status: status & 0x7F == 0 ? (status >> 8) & 0xFF : 255, signal: status & 0x7F)
    }

    private struct Ending: CustomStringConvertible {
        let status: Int32
        /// 0 when it ended by itself.
        let signal: Int32

        var description: String { signal == 0 ? "exit code \(status)" : "signal \(signal)" }
    }

    private static func passOn(_ number: Int32) {
        signal(number) { number in
            parting.store(number, ordering: .sequentiallyConsistent)
            let pid = child.load(ordering: .sequentiallyConsistent)
            if pid != 0 { kill(pid, number) }
        }
    }
}

// What a signal handler may touch: it can carry nothing along.
private let child = Atomic<Int32>(0)
private let parting = Atomic<Int32>(0)
