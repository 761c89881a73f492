public import Logging
import ServiceLifecycle

/// Does `duty` again and again until the service shuts down, with the same pause each time: for what others rely on in
/// time, however long it takes. A failure is logged, and the next time tries again.
public func repeatUntilShutdown(
    every interval: Duration, _ what: String, logger: Logger, _ duty: @escaping @Sendable () async throws -> Void
) async {
    await cancelWhenGracefulShutdown {
        while (try? await Task.sleep(for: interval)) != nil {
            do {
                try await duty()
            } catch is CancellationError {
            } catch {
                logger.warning("\(what) failed", metadata: ["error": "\(error)"])
            }
        }
    }
}
