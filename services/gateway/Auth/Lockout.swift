import Foundation
import HTTPTypes
import NIOCore

/// Makes guessing slow: an address that has failed ten times may try again every six seconds.
struct Lockout: Sendable {
    private let failures = TokenBuckets<String>(capacity: 10, per: .seconds(60))

    func admit(_ address: SocketAddress?) throws {
        let reading = failures.look(Self.name(address))
        guard reading.isAllowed else { throw Problem.tooManyFailures(retryAfter: reading.retryAfter) }
    }

    func failed(_ address: SocketAddress?) { _ = failures.take(Self.name(address)) }

    /// An IPv6 caller has a whole /64 to itself; one of IPv4 may come as `::ffff:…` (RFC 4291 §2.5.5.2).
    static func name(_ address: SocketAddress?) -> String {
        guard let text = address?.ipAddress else { return "unknown" }
        var bytes = [UInt8](repeating: 0, count: 16)
        guard inet_pton(AF_INET6, text, &bytes) == 1 else { return text }
        if bytes.starts(with: Self.mapped) { return bytes.dropFirst(12).map { "\($0)" }.joined(separator: ".") }
        return bytes.prefix(8).map { "\($0)" }.joined(separator: ":")
    }

    private static let mapped = Array(repeating: UInt8(0), count: 10) + [0xFF, 0xFF]
}
