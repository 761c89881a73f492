/// What WebSockets of the gateway may take.
public struct SocketSettings: Sendable {
    public var limit: Int
    /// Of one key or user; where authentication is off there is only `limit`.
    public var limitPerCaller: Int
    public var pingEvery: Duration
    public var silence: Duration

    /// Faults are the reader's.
    init(_ reader: inout SettingsReader) {
        limit = reader.int("HONE_GATEWAY_SOCKETS", 1...1_000_000)
        limitPerCaller = reader.int("HONE_GATEWAY_SOCKETS_PER_KEY", 1...1_000_000)
        pingEvery = reader.duration("HONE_GATEWAY_PING_EVERY")
        silence = reader.duration("HONE_GATEWAY_SILENCE")
    }
}
