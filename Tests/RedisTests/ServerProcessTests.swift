import Foundation
import TestServers
import Testing

@Suite("Throw-away servers", .timeLimit(.minutes(1)))
struct ServerProcessTests {
    @Test("a stopped server is gone, with its scratch directory")
    func stopped() throws {
        let scratch = FileManager.default.temporaryDirectory.path + "/scratch-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: scratch, withIntermediateDirectories: true)
        let process = try ServerProcess(
            ServerProcess.find("sleep"), ["1000"], log: scratch + "/log", scratch: scratch)
        #expect(process.isRunning)
        process.stop()
        #expect(!process.isRunning)
        #expect(!FileManager.default.fileExists(atPath: "/proc/\(process.pid)"))
        #expect(!FileManager.default.fileExists(atPath: scratch))
        process.stop()
    }

    @Test("a frozen server can still be stopped")
    func frozen() throws {
        let process = try ServerProcess(ServerProcess.find("sleep"), ["1000"], log: "/dev/null")
        process.signal(SIGSTOP)
        process.stop()
        #expect(!FileManager.default.fileExists(atPath: "/proc/\(process.pid)"))
    }

    @Test("a connection that we close ends, whatever was started while it was open")
    func inheritance() throws {
        var ends: [Int32] = [0, 0]
        #expect(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0, &ends) == 0)
        let process = try ServerProcess(ServerProcess.find("sleep"), ["1000"], log: "/dev/null")
        close(ends[0])
        var byte: UInt8 = 0
        #expect(read(ends[1], &byte, 1) == 0)
        close(ends[1])
        process.stop()
    }

    @Test("a program that is not installed is an error with its name")
    func missing() {
        let error = #expect(throws: ServerFailure.self) { try ServerProcess.find("no-such-server") }
        #expect(error?.description.contains("no-such-server") == true)
    }

    @Test("a condition that never holds ends at its deadline and is named")
    func deadline() async {
        let error = await #expect(throws: DeadlinePassed.self) {
            try await eventually(within: .milliseconds(20), "pigs fly") { false }
        }
        #expect(error?.description.contains("pigs fly") == true)
    }

    @Test("ports are handed out once")
    func ports() throws {
        let ports = try (0..<50).map { _ in try freePort() }
        #expect(Set(ports).count == 50)
    }
}
