import NIOCore

/// A socket that may be opened: what it follows, its first frames, and from where on it is given events.
struct Opening: Sendable {
    let route: LiveRoute
    /// Permessage-deflate (RFC 7692) was agreed on.
    let isDeflated: Bool
    var frames: [ByteBuffer]
    let place: EventID
    /// Held as long as the socket is there.
    let seat: Seat
    let history: History

    var form: FrameForm { FrameForm(isOutline: route.isOutline, isDeflated: isDeflated) }
}
