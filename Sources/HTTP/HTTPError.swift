/// An exchange that did not succeed, sorted by what the caller should do next.
///
/// It names the host and nothing else of the request: no path, query, user, header or body.
/// A response with status 404 or 500 is no error here; cancellation is a `CancellationError`.
public enum HTTPError: Error, Hashable {
    /// The part of an exchange that took too long.
    public enum Phase: String, Sendable {
        /// Resolving, connecting and the TLS handshake.
        case connect
        /// Nothing moved for too long, while somebody was reading.
        case idle
        /// The whole exchange.
        case total
    }

    /// Too slow. Retry later.
    case timedOut(phase: Phase, host: String)
    /// The host has no address, refuses, or its proxy does; nothing was sent. Retry later.
    case cannotConnect(host: String, reason: String)
    /// The connection died before the answer was whole; the server may have acted. Retry if that is harmless.
    case connectionLost(host: String, reason: String)
    /// The answer is longer than the request's `maximumBodyBytes`. Raise the limit or ask for less.
    case bodyTooLarge(limit: Int)
    /// What came back is not an HTTP answer that can be used. Look at the server.
    case invalidResponse(host: String, reason: String)
    /// No trusted TLS connection. Look at the certificates.
    case tls(host: String, reason: String)
    /// The request cannot be sent as it is. Mend the caller.
    case invalidRequest(reason: String)
    /// The client was shut down.
    case shutDown

    /// Whether the same request can succeed later without anybody mending anything.
    public var isTransient: Bool {
        switch self {
        case .timedOut, .cannotConnect, .connectionLost: true
        case .bodyTooLarge, .invalidResponse, .tls, .invalidRequest, .shutDown: false
        }
    }
}

extension HTTPError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .timedOut(let phase, let host): "\(host): \(phase.rawValue) time-out"
        case .cannotConnect(let host, let reason): "\(host): cannot connect: \(reason)"
        case .connectionLost(let host, let reason): "\(host): connection lost: \(reason)"
        case .bodyTooLarge(let limit): "the answer is longer than \(limit) bytes"
        case .invalidResponse(let host, let reason): "\(host): unusable answer: \(reason)"
        case .tls(let host, let reason): "\(host): TLS: \(reason)"
        case .invalidRequest(let reason): "invalid request: \(reason)"
        case .shutDown: "the HTTP client is shut down"
        }
    }
}
