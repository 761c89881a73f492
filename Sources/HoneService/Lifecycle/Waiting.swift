import HoneBus
import HoneCore
import Logging

/// Asks until the answer comes: what is away at the start is waited for, as it is later. A fault that waiting cannot mend
/// is thrown at once.
func waitUntilThere(
    _ what: Logger.Message, backoff: Backoff = Backoff(first: .milliseconds(100), longest: .seconds(5)),
    logger: Logger, _ ask: () async throws -> Void
) async throws {
    var generator = SystemRandomNumberGenerator()
    for attempt in 1... {
        do {
            return try await ask()
        } catch let fault as any TransientFault where fault.isTransient {
            if attempt == 1 { logger.warning(what, metadata: ["error": "\(fault)"]) }
            try await Task.sleep(for: backoff.delay(attempt: attempt, using: &generator))
        }
    }
}
