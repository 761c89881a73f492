import Deflate
import NIOCore

/// Frames from the server as bytes, ready for any number of sockets: not masked, never fragmented (RFC 6455 §5.2).
enum SocketFrame {
    static let ping = bytes(opcode: 0x9, [])

    static func pong(_ data: some Collection<UInt8>) -> ByteBuffer { bytes(opcode: 0xA, data) }

    static func text(_ data: some Collection<UInt8>) -> ByteBuffer { bytes(opcode: 0x1, data) }

    static func close(_ code: CloseCode?) -> ByteBuffer {
        guard let code else { return bytes(opcode: 0x8, []) }
        let number = [UInt8(code.number >> 8), UInt8(code.number & 0xFF)]
        return bytes(opcode: 0x8, number + Array(code.reason.utf8.prefix(123)))
    }

    /// Texts that are smaller are not worth the work of deflating them.
    static let smallestDeflated = 1_024

    /// A text's frame once more, its text deflated (RFC 7692 §6.1); nil where that makes it no smaller.
    static func deflated(_ frame: ByteBuffer) -> ByteBuffer? {
        guard let (opcode, length) = frame.getMultipleIntegers(at: frame.readerIndex, as: (UInt8, UInt8).self),
            opcode == 0x81, frame.readableBytes >= smallestDeflated
        else { return nil }
        let text = frame.readableBytesView.dropFirst(length == 127 ? 10 : 4)
        return Deflate.deflate(Array(text)).map { bytes(opcode: 0x41, $0) }
    }

    private static func bytes(opcode: UInt8, _ data: some Collection<UInt8>) -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.reserveCapacity(data.count + 10)
        buffer.writeInteger(0x80 | opcode)
        switch data.count {
        case ...125:
            buffer.writeInteger(UInt8(data.count))
        case ...0xFFFF:
            buffer.writeInteger(126 as UInt8)
            buffer.writeInteger(UInt16(data.count))
        default:
            buffer.writeInteger(127 as UInt8)
            buffer.writeInteger(UInt64(data.count))
        }
        buffer.writeBytes(data)
        return buffer
    }
}
