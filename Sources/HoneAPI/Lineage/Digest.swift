import Crypto
import Foundation
import HoneCore

/// SHA-256 in hexadecimal.
enum Digest {
    static func of(_ data: some DataProtocol) -> String {
        SHA256.hash(data: data).reduce(into: "") { text, byte in
            text += (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
    }

    /// Of a value's canonical JSON: sorted keys, no spaces.
    static func of(json value: some Encodable) throws -> String { of(try WireFormat.encode(value)) }
}
