import Crypto
public import Foundation

/// A key to the gateway as its owner holds it: `hone_<prefix>_<secret>`, with 256 random bits in the secret.
///
/// Only a salted hash of it is stored. A fast one will do: nobody can guess 256 bits, so there is nothing to slow down.
public struct APIKey: Sendable, CustomStringConvertible {
    /// Tells keys apart in lists and logs; not secret.
    public let prefix: String
    /// The whole key. Shown once, when it is made.
    public let text: Secret

    /// A new key.
    public static func generate() -> APIKey {
        let prefix = random(bytes: 12).map { alphabet[Int($0) % alphabet.count] }
        return APIKey(prefix: String(decoding: prefix, as: UTF8.self), secret: random(bytes: 32).base64URL)
    }

    /// Reads a key; nil when `text` is none of ours.
    public init?(_ text: String) {
        let parts = text.split(separator: "_", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "hone", (8...32).contains(parts[1].utf8.count), parts[2].utf8.count == 43,
            parts[1].utf8.allSatisfy(Self.alphabet.contains)
        else { return nil }
        self.init(prefix: String(parts[1]), secret: String(parts[2]))
    }

    private init(prefix: String, secret: String) {
        self.prefix = prefix
        text = Secret("hone_\(prefix)_\(secret)")
    }

    private static let alphabet = Array("abcdefghijklmnopqrstuvwxyz012345".utf8)

    private static func random(bytes: Int) -> Data {
        SymmetricKey(size: SymmetricKeySize(bitCount: bytes * 8)).withUnsafeBytes { Data($0) }
    }

    /// Shows the prefix alone.
    public var description: String { "hone_\(prefix)_•••" }
}

extension APIKey {
    /// What is stored of it: HMAC-SHA256 under the salt.
    public func hash(salt: Data) -> Data {
        Data(HMAC<SHA256>.authenticationCode(for: Data(text.exposed.utf8), using: SymmetricKey(data: salt)))
    }

    /// Whether this is the key that `hash` was made of. Takes the same time whatever the difference.
    public func matches(hash: Data, salt: Data) -> Bool {
        HMAC<SHA256>.isValidAuthenticationCode(
            hash, authenticating: Data(text.exposed.utf8), using: SymmetricKey(data: salt))
    }

    /// A new salt.
    public static func salt() -> Data { random(bytes: 16) }
}

extension Data {
    /// RFC 4648 §5, without padding.
    fileprivate var base64URL: String {
        base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
