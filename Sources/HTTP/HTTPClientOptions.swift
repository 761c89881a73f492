/// The way to the servers.
public enum HTTPProxy: Sendable, Hashable, CustomStringConvertible {
    /// As `http_proxy`, `https_proxy`, `all_proxy` and `no_proxy` say.
    case environment
    /// Straight, whatever the environment says.
    case none
    /// Always through this proxy.
    case url(String)

    public var description: String {
        switch self {
        case .environment: "as the environment says"
        case .none: "none"
        case .url(let url): (try? RequestTarget(parsing: url))?.description ?? "a proxy"
        }
    }
}

/// What all requests of one client share.
///
/// TLS certificates are always verified. HTTP/2 is used where a TLS server offers it.
public struct HTTPClientOptions: Sendable {
    /// Connections to one host at a time, further requests wait their turn; `nil` for no limit.
    public var maxConnectionsPerHost: Int?
    /// Sent as `User-Agent` unless a request brings its own.
    public var userAgent: String
    public var proxy: HTTPProxy
    /// A PEM file of trusted certificate authorities instead of the system's.
    public var certificateAuthorities: String?
    /// How many bytes of one body may wait for their reader before the transfer is paused.
    public var bufferBytes: Int

    public init(
        maxConnectionsPerHost: Int? = nil, userAgent: String = "swift-libcurl", proxy: HTTPProxy = .environment,
        certificateAuthorities: String? = nil, bufferBytes: Int = 256 << 10
    ) {
        self.maxConnectionsPerHost = maxConnectionsPerHost
        self.userAgent = userAgent
        self.proxy = proxy
        self.certificateAuthorities = certificateAuthorities
        self.bufferBytes = bufferBytes
    }
}
