import HoneBus
import ServiceLifecycle

/// Lets the service group start and drain a consumer.
struct ConsumerService: Service {
    let consumer: Consumer

    func run() async throws {
        try await withGracefulShutdownHandler {
            try await consumer.run()
        } onGracefulShutdown: {
            consumer.drain()
        }
    }
}
