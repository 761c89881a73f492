import Foundation
import TestServers
import Testing

@testable import Hone

@Suite("The lock of a stack")
struct StackLockTests {
    @Test("it is free once it is let go, even while a process that is just being started shares its file")
    func release() throws {
        let scratch = try Scratch()
        let folder = StackFolder(root: scratch.path)
        try folder.create()
        let shared = try share(folder)
        defer { close(shared) }
        _ = try StackLock(folder)
    }

    /// Takes the lock and lets it go; returns a second descriptor of its file, as a child would have it.
    private func share(_ folder: StackFolder) throws -> Int32 {
        let lock = try StackLock(folder)
        defer { withExtendedLifetime(lock) {} }
        #expect(throws: CommandFault.self) { _ = try StackLock(folder) }
        let held = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").first { name in
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(name)")) == folder.lockFile
        }
        return dup(try #require(held.flatMap { Int32($0) }))
    }
}
