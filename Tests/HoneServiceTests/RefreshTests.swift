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
}
