public import Logging
import ServiceLifecycle

/// Calls `refresh` again and again until the service shuts down. A failure is logged and the old state stays in use.
public func refreshUntilShutdown(
    every interval: Duration, _ what: String, logger: Logger, _ refresh: @escaping @Sendable () async throws -> Void
) async {
    await cancelWhenGracefulShutdown {
        while (try? await Task.sleep(for: interval)) != nil {
            do {
                try await refresh()
            } catch is CancellationError {
            } catch {
                logger.warning("\(what) could not be refreshed", metadata: ["error": "\(error)"])
            }
        }
    }
}
