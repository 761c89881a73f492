public import Logging
import ServiceLifecycle

/// Calls `refresh` again and again until the service shuts down. A failure is logged and the old state stays in use.
///
/// Refreshes that take long come less often, so that they never take more than a fiftieth of the time: tables grow, and
/// what reads them whole must not slow the work down as they do. One that failed is tried again at the interval, however
/// long the failure took.
public func refreshUntilShutdown(
    every interval: Duration, _ what: String, logger: Logger, _ refresh: @escaping @Sendable () async throws -> Void
) async {
    await cancelWhenGracefulShutdown {
        var pause = interval
        while (try? await Task.sleep(for: pause)) != nil {
            let start = ContinuousClock.now
            do {
                try await refresh()
                pause = refreshPause(after: .now - start, interval: interval)
            } catch is CancellationError {
            } catch {
                pause = interval
                logger.warning("\(what) could not be refreshed", metadata: ["error": "\(error)"])
            }
        }
    }
}

/// How long to wait after a refresh that took `duration`.
func refreshPause(after duration: Duration, interval: Duration) -> Duration {
    max(interval, duration * 50)
}
