/// How a client behaves towards its server.
public struct RedisOptions: Sendable {
    /// How long one attempt to connect may take.
    public var connectTimeout: Duration
    /// How long the server may be silent while a reply is due; a blocking command adds its block time.
    public var commandTimeout: Duration
    /// How long a command waits for a connection before it fails as disconnected.
    public var connectPatience: Duration
    /// The pause after the first failed attempt to connect; it doubles from there, jittered.
    public var firstBackoff: Duration
    /// The longest such pause.
    public var longestBackoff: Duration
    /// What `CLIENT LIST` shows; spaces become dashes.
    public var name: String?

    public init(
        connectTimeout: Duration = .seconds(5), commandTimeout: Duration = .seconds(10),
        connectPatience: Duration = .seconds(3), firstBackoff: Duration = .milliseconds(50),
        longestBackoff: Duration = .seconds(5), name: String? = nil
    ) {
        self.connectTimeout = connectTimeout
        self.commandTimeout = commandTimeout
        self.connectPatience = connectPatience
        self.firstBackoff = firstBackoff
        self.longestBackoff = longestBackoff
        self.name = name
    }

    /// The pause after a number of failures in a row: between half and all of the doubled first pause.
    func backoff(afterFailures failures: Int, using random: inout some RandomNumberGenerator) -> Duration {
        let ceiling = min(longestBackoff, firstBackoff * (1 << min(max(failures - 1, 0), 20)))
        return ceiling * Double.random(in: 0.5...1, using: &random)
    }
}
