import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Turns a connection into a socket when a route answers 101, and closes it when a route refuses.
///
/// After a request that asks for another protocol the decoder reads no further, whatever it asked for; so there is no
/// second request on a connection whose wish was not granted.
final class UpgradeHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// Adds the handlers of the new protocol behind this one.
    typealias Takeover = (ChannelPipeline.SynchronousOperations, UpgradeHandler) throws -> Void

    /// Told to the new handlers when what they write is not HTTP any more.
    struct Switched {}

    private enum State {
        case plain
        /// The request in hand asks for another protocol.
        case asked(Takeover?)
        case switching(Takeover)
        case refused
        /// What passes now is no HTTP.
        case switched
    }

    private var state = State.plain
    private var http: [any RemovableChannelHandler]

    init(removing http: [any RemovableChannelHandler]) {
        self.http = http
    }

    /// What takes over once the 101 is on its way.
    func reserve(_ takeover: @escaping Takeover) {
        guard case .asked = state else { return }
        state = .asked(takeover)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .plain = state, case .head(let head) = unwrapInboundIn(data), head.headerFields[.upgrade] != nil {
            state = .asked(nil)
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .switched = state { return context.write(data, promise: promise) }
        switch (unwrapOutboundIn(data), state) {
        case (.head(let head), .asked(let takeover)):
            context.write(wrapOutboundOut(.head(answer(head, takeover))), promise: promise)
        case (.end, .switching(let takeover)):
            context.writeAndFlush(data, promise: promise)
            switchOver(takeover, context)
        case (.end, .refused):
            let channel = context.channel
            context.writeAndFlush(data).whenComplete { _ in channel.close(promise: nil) }
            promise?.succeed()
        default:
            context.write(data, promise: promise)
        }
    }

    private func answer(_ head: HTTPResponse, _ takeover: Takeover?) -> HTTPResponse {
        var head = head
        if head.status == .switchingProtocols, let takeover {
            state = .switching(takeover)
        } else if head.status.kind != .informational {
            state = .refused
            head.headerFields[.connection] = "close"
        }
        return head
    }

    private func switchOver(_ takeover: Takeover, _ context: ChannelHandlerContext) {
        state = .switched
        let pipeline = context.pipeline.syncOperations
        do {
            try takeover(pipeline, self)
            for handler in http.reversed() { pipeline.removeHandler(handler, promise: nil) }
            http = []
            context.fireUserInboundEventTriggered(Switched())
            pipeline.removeHandler(self, promise: nil)
        } catch {
            context.fireErrorCaught(error)
            context.close(promise: nil)
        }
    }
}
