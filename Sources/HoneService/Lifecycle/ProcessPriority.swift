import Foundation

/// How much of a busy processor a process gets.
enum ProcessPriority {
    /// A third of what the others get, by Linux's weights (sched(7)).
    static let unhurried: Int32 = 5

    /// Lets other processes go first. Threads begin with the priority of those that start them: for the beginning of a
    /// program, before it has many.
    static func giveWay(_ process: String = "self") {
        let threads = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task")) ?? []
        for thread in threads.compactMap(id_t.init) {
            setpriority(__priority_which_t(PRIO_PROCESS.rawValue), thread, unhurried)
        }
    }
}
