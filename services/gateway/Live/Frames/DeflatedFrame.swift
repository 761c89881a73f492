import NIOCore
import Synchronization

/// A large frame for sockets that take it deflated: made when the first of them needs it, and shared by all.
final class DeflatedFrame: Sendable {
    private let frame: ByteBuffer
    private let made = Mutex<ByteBuffer?>(nil)

    /// Nil for a frame that is sent to all as it is.
    init?(_ frame: ByteBuffer) {
        guard frame.readableBytes >= SocketFrame.smallestDeflated else { return nil }
        self.frame = frame
    }

    /// The frame itself where deflating it does not pay.
    var bytes: ByteBuffer {
        made.withLock { made in
            let bytes = made ?? SocketFrame.deflated(frame) ?? frame
            made = bytes
            return bytes
        }
    }
}
