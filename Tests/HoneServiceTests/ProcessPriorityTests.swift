import Foundation
import Testing

@testable import HoneService

@Suite("Giving way")
struct ProcessPriorityTests {
    @Test("a process that gives way has a lower priority than it began with, and than others")
    func givingWay() throws {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sleep")
        process.arguments = ["60"]
        try process.run()
        defer { process.terminate() }
        let before = priority(of: process)
        ProcessPriority.giveWay("\(process.processIdentifier)")
        #expect(priority(of: process) == ProcessPriority.unhurried && before < ProcessPriority.unhurried)
    }

    private func priority(of process: Process) -> Int32 {
        getpriority(__priority_which_t(PRIO_PROCESS.rawValue), id_t(process.processIdentifier))
    }
}
