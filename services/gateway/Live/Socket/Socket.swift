import NIOCore
import NIOWebSocket

/// One client that follows one route. Lives on its event loop.
///
/// Live events are written at once while the connection takes them. When it does not they wait, 256 frames at most; a
/// client that lets them become more is told so and closed, and can come back for what it missed.
final class Socket: ChannelInboundHandler {
    typealias InboundIn = WebSocketFrame
    typealias OutboundOut = ByteBuffer

    enum State { case opening, catchingUp, live, closing }

    private(set) var opening: Opening
    let subscribers: Subscribers
    var state = State.opening
    /// The last event that it was given.
    private(set) var place: EventID
    /// The last event that was written to the connection.
    private var written: EventID
    var waiting = WaitingChunks()
    var client: ClientFrames
    var allowance: FrameAllowance
    var clock: SocketClock
    private(set) var context: ChannelHandlerContext?
    private var whenWritable: EventLoopPromise<Void>?

    init(_ opening: Opening, among subscribers: Subscribers, clock: SocketClock) {
        self.opening = opening
        self.subscribers = subscribers
        self.clock = clock
        client = ClientFrames(isDeflated: opening.isDeflated)
        place = opening.place
        written = opening.place
        allowance = FrameAllowance(at: .now())
    }

    private var isWritable: Bool { context?.channel.isWritable ?? false }

    func write(_ bytes: ByteBuffer) {
        context?.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
    }
}

// MARK: life

extension Socket {
    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is UpgradeHandler.Switched: open()
        case is ChannelShouldQuiesceEvent: close(.stopping)
        case ChannelEvent.inputClosed: context.close(promise: nil)
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    private func open() {
        guard let context, state == .opening else { return }
        for frame in opening.frames { context.write(wrapOutboundOut(frame), promise: nil) }
        context.flush()
        opening.frames = []
        state = .catchingUp
        subscribers.add(self)
        if subscribers.join(self) {
            state = .live
        } else {
            CatchUp(self, on: context.eventLoop).start()
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        end()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        end()
        self.context = nil
    }

    func end() {
        state = .closing
        waiting = WaitingChunks()
        subscribers.remove(self)
        whenWritable?.succeed()
        whenWritable = nil
    }

    /// Pings, and closes when nothing was heard for too long or the caller's time is up.
    func tick(at now: NIODeadline) {
        guard state != .closing else { return }
        switch clock.due(at: now) {
        case .nothing: break
        case .ping: if isWritable { write(SocketFrame.ping) }
        case .silence: close(.silent)
        case .end: close(.expired)
        }
    }
}

// MARK: events

extension Socket {
    /// Live events, as all who follow the route get them.
    func take(_ chunk: Chunk) {
        guard state == .live else { return }
        if waiting.isEmpty, isWritable {
            (place, written) = (chunk.last, chunk.last)
            write(chunk.bytes)
        } else if waiting.add(chunk) {
            place = chunk.last
        } else {
            lag()
        }
    }

    /// Events from before it was live. Answers, when the client can take more, whether it needs more.
    func replay(_ chunks: [Chunk], to reached: EventID) -> EventLoopFuture<Bool> {
        guard let context, state == .catchingUp else { return subscribers.loop.makeSucceededFuture(false) }
        for chunk in chunks { context.write(wrapOutboundOut(chunk.bytes), promise: nil) }
        context.flush()
        (place, written) = (reached, reached)
        if subscribers.join(self) {
            state = .live
            return context.eventLoop.makeSucceededFuture(false)
        }
        guard !isWritable else { return context.eventLoop.makeSucceededFuture(true) }
        let promise = context.eventLoop.makePromise(of: Void.self)
        whenWritable = promise
        return promise.futureResult.map { true }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        while isWritable, let chunk = waiting.next() {
            written = chunk.last
            write(chunk.bytes)
        }
        if isWritable {
            whenWritable?.succeed()
            whenWritable = nil
        }
        context.fireChannelWritabilityChanged()
    }

    /// It read too slowly, or what it should read cannot be had now.
    func lag() {
        guard state != .closing else { return }
        write(EventFrame.lagged(at: written))
        close(.lagged)
    }
}
