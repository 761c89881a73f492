import NIOCore

extension GatewayContext {
    /// Whether the client is still there for an answer that takes its time.
    var isAwaited: Bool {
        get async {
            let channel = channel
            let hasLeft = channel.eventLoop.submit {
                try channel.pipeline.syncOperations.handler(type: ConnectionGuard.self).hasLeft
            }
            return ((try? await hasLeft.get()) ?? true) == false
        }
    }
}
