import NIOCore
import NIOWebSocket

/// What the client says, and how a socket ends.
extension Socket {
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let now = NIODeadline.now()
        clock.heard(at: now)
        let reaction = client.receive(unwrapInboundIn(data))
        if case .closed(let code) = reaction { return closed(code) }
        guard state != .closing else { return }
        guard allowance.spend(at: now) else { return close(.tooManyFrames) }
        switch reaction {
        case .answer(let frame): write(frame)
        case .fail(let code): close(code)
        case .nothing, .closed: break
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error as? NIOWebSocketError {
        case .invalidFrameLength: close(.tooLarge)
        case .fragmentedControlFrame, .multiByteControlFrameLength: close(.broken("a control frame is short and whole"))
        case nil: if !(error is ByteToMessageDecoderError) { context.close(promise: nil) }
        }
    }

    /// Asks the client to close, and closes when it does not.
    func close(_ code: CloseCode) {
        guard let context, state != .closing else { return }
        waiting = WaitingChunks()
        state = .closing
        subscribers.remove(self)
        write(SocketFrame.close(code))
        expectEnd(of: context.channel)
    }

    /// Neither the client's close frame nor that ours is taken can be relied on.
    private func expectEnd(of channel: any Channel) {
        let alarm = channel.eventLoop.scheduleTask(in: .seconds(5)) { channel.close(promise: nil) }
        channel.closeFuture.whenComplete { _ in alarm.cancel() }
    }

    /// The client's close frame: an answer to ours, or answered by ours.
    private func closed(_ code: CloseCode?) {
        guard let context else { return }
        let channel = context.channel
        guard state != .closing else { return channel.close(promise: nil) }
        end()
        expectEnd(of: channel)
        context.writeAndFlush(wrapOutboundOut(SocketFrame.close(code))).whenComplete { _ in
            channel.close(promise: nil)
        }
    }
}
