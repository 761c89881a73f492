internal import CZlib

/// Raw DEFLATE (RFC 1951) of whole messages, each independent of all others, in the form that permessage-deflate gives
/// them: without the last four bytes of the flush (RFC 7692 §7.2).
public enum Deflate {
    /// Messages are deflated within a window of 2¹² bytes: whoever reads back so far or further can read them.
    public static let windowBits = 12
    /// Fast before small: a message waits while it is deflated.
    private static let level: Int32 = 1

    /// The message, deflated; nil where that would not make it smaller.
    public static func deflate(_ message: [UInt8]) -> [UInt8]? {
        guard (1...Int(Int32.max)).contains(message.count) else { return nil }
        let deflated = unsafe [UInt8](unsafeUninitializedCapacity: message.count) { out, count in
            count = unsafe message.withUnsafeBufferPointer { bytes in
                unsafe czlib_deflate(
                    bytes.baseAddress, bytes.count, out.baseAddress, out.count, level, Int32(windowBits))
            }
        }
        return deflated.isEmpty ? nil : deflated
    }

    /// The message that was deflated, by whomever, with any window. Never makes more than `limit` bytes of it.
    public static func inflate(_ bytes: [UInt8], limit: Int) throws(DeflateError) -> [UInt8] {
        var result = Z_OK
        let message = unsafe [UInt8](unsafeUninitializedCapacity: limit + 1) { out, count in
            result = unsafe bytes.withUnsafeBufferPointer { bytes in
                unsafe czlib_inflate(bytes.baseAddress, bytes.count, out.baseAddress, limit + 1, &count)
            }
        }
        switch result {
        case Z_OK: return message
        case Z_BUF_ERROR: throw .tooLarge
        default: throw .malformed
        }
    }
}

/// Why a message cannot be inflated.
public enum DeflateError: Error, Hashable {
    /// It would have more bytes than are taken.
    case tooLarge
    /// It is not DEFLATE, or only a part of a message.
    case malformed
}
