import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// Keeps a connection from being held by a client that drips, stalls, or never stops sending, and answers what is no HTTP.
///
/// A head must arrive within the read timeout, a body within it plus the time that its bytes take at ``slowest``; a
/// client that reads nothing for a minute is given up. Whoever is answered before the body was read to its end gets the
/// answer, and the connection closes.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// Bytes per second that a body must bring on average.
    private static let slowest: Int64 = 16_384
    private static let stall: TimeAmount = .seconds(60)
    /// For what the client had sent already: a connection closed before would lose the answer.
    private static let linger: TimeAmount = .seconds(2)

    private let readTimeout: TimeAmount
    private let idleTimeout: TimeAmount
    /// The client has closed its side: it went away, or has nothing more to ask, which looks the same.
    private(set) var hasLeft = false
    private var state = ConnectionState()
    private var alarm: Scheduled<Void>?
    private var stallAlarm: Scheduled<Void>?

    init(readTimeout: TimeAmount, idleTimeout: TimeAmount) {
        self.readTimeout = readTimeout
        self.idleTimeout = idleTimeout
    }

    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { expect(within: readTimeout, context) }
    }

    func handlerRemoved(context: ChannelHandlerContext) { forgetAlarms() }

    func channelActive(context: ChannelHandlerContext) {
        expect(within: readTimeout, context)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        hasLeft = true
        forgetAlarms()
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .inputClosed? = event as? ChannelEvent { hasLeft = true }
        context.fireUserInboundEventTriggered(event)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !state.isLeaving else { return }
        switch unwrapInboundIn(data) {
        case .head:
            state.headArrived()
            expect(within: readTimeout, context)
        case .body(let part):
            state.deadline = state.deadline + .nanoseconds(Int64(part.readableBytes) * 1_000_000_000 / Self.slowest)
        case .end:
            state.isReading = false
            alarm?.cancel()
        }
        context.fireChannelRead(data)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard error is HTTPParserError || error is HTTP1TypeConversionError else {
            return context.fireErrorCaught(error)
        }
        turnAway(context, Problem(unparsable: error))
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard !state.isLeaving else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        switch unwrapOutboundIn(data) {
        case .head(var head) where head.status.kind != .informational:
            state.isAnswering = true
            if state.isUnreadInHand { head.headerFields[.connection] = "close" }
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .end:
            context.write(data, promise: promise)
            answered(context)
        default:
            context.write(data, promise: promise)
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        stallAlarm?.cancel()
        stallAlarm = nil
        if !context.channel.isWritable {
            stallAlarm = schedule(Self.stall, context) { _, context in context.close(promise: nil) }
        }
        context.fireChannelWritabilityChanged()
    }
}

extension ConnectionGuard {
    private func answered(_ context: ChannelHandlerContext) {
        let isUnread = state.isUnreadInHand
        state.answerEnded()
        if isUnread { leave(context) } else if state.isIdle { expect(within: idleTimeout, context) }
    }

    /// Says no more, hears no more, and closes a little later.
    private func leave(_ context: ChannelHandlerContext) {
        state.isLeaving = true
        alarm?.cancel()
        context.flush()
        context.close(mode: .output, promise: nil)
        alarm = schedule(Self.linger, context) { _, context in context.close(promise: nil) }
    }

    private func turnAway(_ context: ChannelHandlerContext, _ problem: Problem) {
        guard !state.isLeaving else { return }
        guard !state.isAnswering else { return context.close(promise: nil) }
        RawAnswer(problem: problem).write(on: context)
        leave(context)
    }

    private func expect(within time: TimeAmount, _ context: ChannelHandlerContext) {
        state.deadline = .now() + time
        watch(context)
    }

    private func watch(_ context: ChannelHandlerContext) {
        alarm?.cancel()
        alarm = schedule(state.deadline - .now(), context) { guardian, context in guardian.timeIsUp(context) }
    }

    private func timeIsUp(_ context: ChannelHandlerContext) {
        if state.isReading, state.deadline > .now() { return watch(context) }
        if state.isIdle { return context.close(promise: nil) }
        turnAway(context, .tooSlow())
    }

    private func schedule(
        _ time: TimeAmount, _ context: ChannelHandlerContext,
        _ body: @escaping (ConnectionGuard, ChannelHandlerContext) -> Void
    ) -> Scheduled<Void> {
        context.eventLoop.assumeIsolated().scheduleTask(in: time) { body(self, context) }
    }

    private func forgetAlarms() {
        alarm?.cancel()
        stallAlarm?.cancel()
    }
}
