import Deflate
import NIOCore
import NIOWebSocket

/// What a client sends, checked frame by frame. Pure: frames in, reactions out.
///
/// Clients have nothing to say on these sockets but that they are there; what they send must be right all the same
/// (RFC 6455 §5 and §8.1), and is forgotten.
struct ClientFrames {
    enum Reaction: Equatable {
        case nothing
        case answer(ByteBuffer)
        /// The client closes: answer with its own code, then close the connection.
        case closed(CloseCode?)
        /// The client broke a rule: close with this code.
        case fail(CloseCode)
    }

    /// Of a frame and of a message, in bytes: as it comes, and inflated.
    static let limit = 65_536

    private struct Message {
        var bytes: [UInt8] = []
        let isDeflated: Bool
    }

    /// Permessage-deflate (RFC 7692) was agreed on.
    private let isDeflated: Bool
    /// What came of a text, while its parts come; nil between messages.
    private var message: Message?

    init(isDeflated: Bool = false) {
        self.isDeflated = isDeflated
    }

    mutating func receive(_ frame: WebSocketFrame) -> Reaction {
        guard !frame.rsv2, !frame.rsv3, !frame.rsv1 || mayBeDeflated(frame) else {
            return .fail(.broken("a bit is set that was not agreed on"))
        }
        // The length of an empty payload carries the mask bit all the same, and so a key.
        guard frame.maskKey != nil else { return .fail(.broken("frames of a client must be masked")) }
        switch frame.opcode {
        case .text: return begin(frame)
        case .continuation: return goOn(frame)
        case .ping: return .answer(SocketFrame.pong(frame.unmaskedData.readableBytesView))
        case .pong: return .nothing
        case .connectionClose: return closed(frame.unmaskedData)
        case .binary: return .fail(message == nil ? .binary : .broken("a message was not finished"))
        default: return .fail(.broken("unknown opcode"))
        }
    }

    /// The first frame of a message says whether the message is deflated (RFC 7692 §6.1).
    private func mayBeDeflated(_ frame: WebSocketFrame) -> Bool {
        isDeflated && (frame.opcode == .text || frame.opcode == .binary)
    }

    private mutating func begin(_ frame: WebSocketFrame) -> Reaction {
        guard message == nil else { return .fail(.broken("a message was not finished")) }
        return take(frame, of: Message(isDeflated: frame.rsv1))
    }

    private mutating func goOn(_ frame: WebSocketFrame) -> Reaction {
        guard let message else { return .fail(.broken("there is nothing to continue")) }
        return take(frame, of: message)
    }

    private mutating func take(_ frame: WebSocketFrame, of begun: Message) -> Reaction {
        var whole = begun
        whole.bytes += frame.unmaskedData.readableBytesView
        guard whole.bytes.count <= Self.limit else { return .fail(.tooLarge) }
        message = frame.fin ? nil : whole
        return frame.fin ? judge(whole) : .nothing
    }

    private func judge(_ message: Message) -> Reaction {
        do throws(DeflateError) {
            let text = message.isDeflated ? try Deflate.inflate(message.bytes, limit: Self.limit) : message.bytes
            return Self.isText(text) ? .nothing : .fail(.notUTF8)
        } catch {
            return .fail(error == .tooLarge ? .tooLarge : .notDeflated)
        }
    }

    private func closed(_ data: ByteBuffer) -> Reaction {
        guard data.readableBytes > 0 else { return .closed(nil) }
        guard let number = data.getInteger(at: data.readerIndex, as: UInt16.self), CloseCode.isAllowed(number) else {
            return .fail(.broken("no such close code"))
        }
        guard Self.isText(data.readableBytesView.dropFirst(2)) else { return .fail(.notUTF8) }
        return .closed(CloseCode(number))
    }

    private static func isText(_ bytes: some Collection<UInt8>) -> Bool {
        String(validating: bytes, as: UTF8.self) != nil
    }
}
