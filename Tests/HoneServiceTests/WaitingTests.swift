import HoneBus
import HoneCore
import Logging
import Synchronization
import Testing

@testable import HoneService

@Suite("Waiting for what a service stands on")
struct WaitingTests {
    private let soon = Backoff(first: .milliseconds(1), longest: .milliseconds(2))
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    @Test("what is away for a while is asked again until it is there")
    func comesBack() async throws {
        let asked = Mutex(0)
        try await waitUntilThere("waiting", backoff: soon, logger: logger) {
            let time = asked.withLock { asked in
                asked += 1
                return asked
            }
            if time < 4 { throw BusError.unavailable("it restarts") }
        }
        #expect(asked.withLock { $0 } == 4)
    }

    @Test("a fault that waiting cannot mend ends the start at once")
    func unfit() async {
        let asked = Mutex(0)
        await #expect(throws: BusError.refused("never")) {
            try await waitUntilThere("waiting", backoff: soon, logger: logger) {
                asked.withLock { $0 += 1 }
                throw BusError.refused("never")
            }
        }
        #expect(asked.withLock { $0 } == 1)
    }
}
