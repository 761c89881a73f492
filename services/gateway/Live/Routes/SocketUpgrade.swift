import Foundation
import HTTPTypes
import HoneService
import Hummingbird
import NIOCore
import NIOWebSocket

/// Makes a socket of a connection.
struct SocketUpgrade {
    let hub: ProgressHub

    /// The 101, once the connection is reserved for the socket.
    func answer(_ handshake: Handshake, _ opening: Opening, on channel: any Channel) async throws -> Response {
        try await channel.eventLoop.submit { try reserve(channel, for: opening) }.get()
        return Response(status: .switchingProtocols, headers: handshake.answer)
    }

    private func reserve(_ channel: any Channel, for opening: Opening) throws {
        guard let subscribers = hub.subscribers(on: channel.eventLoop) else { throw StrangeLoop() }
        let settings = hub.settings
        let upgrade = try channel.pipeline.syncOperations.handler(type: UpgradeHandler.self)
        upgrade.reserve { pipeline, handler in
            let clock = SocketClock(
                pingEvery: settings.pingEvery, silence: settings.silence, time: opening.seat.caller.time, at: .now())
            try pipeline.addHandlers(
                ByteToMessageHandler(WebSocketFrameDecoder(maxFrameSize: ClientFrames.limit)),
                Socket(opening, among: subscribers, clock: clock), position: .after(handler))
            // Room for a burst; what does not fit waits as shared frames, see `Socket`.
            try channel.syncOptions?.setOption(
                .writeBufferWaterMark, value: .init(low: 32 * 1_024, high: 128 * 1_024))
        }
    }
}

/// A connection on an event loop that the hub does not serve.
private struct StrangeLoop: Error {}

extension Caller {
    /// How long their proof still holds; of times beyond a year, a year.
    fileprivate var time: Duration? { until.map { .seconds(min($0.timeIntervalSinceNow, 365 * 86_400)) } }
}
