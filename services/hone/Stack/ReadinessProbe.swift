import HTTP

/// Asks services on this machine whether they are ready.
struct ReadinessProbe {
    private let client = HTTPClient(options: HTTPClientOptions(userAgent: "hone", proxy: .none))
    private let host: String

    /// `host` is where metrics are served; every address of the machine includes loopback.
    init(host: String? = nil) {
        self.host = host.flatMap { ["0.0.0.0", "::", "localhost"].contains($0) ? nil : $0 } ?? "127.0.0.1"
    }

    func isReady(_ port: Int) async -> Bool {
        let request = HTTPRequest(
            url: "http://\(host):\(port)/readyz", timeouts: HTTPTimeouts(connect: .seconds(1), total: .seconds(5)))
        return (try? await client.send(request))?.isSuccess ?? false
    }

    func close() async { await client.shutdown() }
}
