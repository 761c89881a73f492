import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// One connection to the gateway: HTTP/1.1, and what it becomes when a WebSocket takes it over.
///
/// A route that answers 101 has reserved the connection at its ``UpgradeHandler`` before; so all that stands before a
/// route, stands before a socket too, and a refusal is an ordinary problem.
struct GatewayChannel: HTTPChannelHandler {
    typealias Value = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

    /// What one connection may take.
    struct Limits: Sendable {
        var headerBytes = 32 * 1_024
        var headerFields = 100
        /// To send a head; and between two requests.
        var idle: Duration = .seconds(60)
        /// For a request to arrive; large bodies get more.
        var read: Duration = .seconds(30)
    }

    let responder: HTTPChannelHandler.Responder
    var limits = Limits()
    /// Handlers between the bytes' encoder and the routes, gzip for one. They see `HTTPServerResponsePart`.
    var configureCompression: @Sendable () -> [any RemovableChannelHandler] = ResponseCompression.handlers

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            let http = handlers(logger: logger)
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandlers(http)
            try pipeline.addHandler(UpgradeHandler(removing: http))
            return try NIOAsyncChannel(
                wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
        }
    }

    private func handlers(logger: Logger) -> [any RemovableChannelHandler & ChannelHandler] {
        var decoding = NIOHTTPDecoderLimitConfiguration()
        decoding.maxHeaderFieldSize = limits.headerBytes
        decoding.maxHeaderListSize = limits.headerBytes
        decoding.maxHeaderFieldCount = limits.headerFields
        let decoder = HTTPRequestDecoder(
            leftOverBytesStrategy: .forwardBytes, informationalResponseStrategy: .drop, limitConfiguration: decoding)
        // Taken out from the last to the first: the decoder, which hands on what bytes it still has, when nobody else reads HTTP.
        return [ByteToMessageHandler(decoder), HTTPResponseEncoder()] + configureCompression() + [
            HTTP1ToHTTPServerCodec(secure: false),
            ConnectionGuard(readTimeout: TimeAmount(limits.read), idleTimeout: TimeAmount(limits.idle)),
            HTTPConnectionStateHandler(logger: logger),
        ]
    }

    func handle(value: Value, logger: Logger) async {
        await handleHTTP(asyncChannel: value, logger: logger)
    }
}
