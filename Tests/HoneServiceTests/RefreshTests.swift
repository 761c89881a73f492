import Foundation
import Logging
import Synchronization
import TestServers
import Testing

@testable import HoneService

@Suite("Refreshing what is held in memory")
struct RefreshTests {
    @Test("a quick refresh comes at its interval, a slow one takes no more than a fiftieth of the time")
    func pauses() {
        #expect(refreshPause(after: .milliseconds(20), interval: .seconds(1)) == .seconds(1))
        #expect(refreshPause(after: .milliseconds(400), interval: .seconds(15)) == .seconds(20))
        #expect(refreshPause(after: .seconds(3), interval: .seconds(15)) == .seconds(150))
    }

    @Test("a refresh that failed after a long wait is tried again at once, without a rest", .timeLimit(.minutes(1)))
    func failures() async throws {
        let calls = Mutex(0)
        let refreshing = Task {
            await refreshUntilShutdown(
                every: .milliseconds(1), "a test", logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            ) {
                calls.withLock { $0 += 1 }
                try await Task.sleep(for: .milliseconds(400))
                throw CocoaError(.fileNoSuchFile)
            }
        }
        // A rest of fifty times as long would be twenty seconds.
        try await eventually(within: .seconds(15), "it has failed three times") { calls.withLock { $0 } >= 3 }
        refreshing.cancel()
        await refreshing.value
    }
}
