extension RedisSession {
    /// A session with the server that the endpoint means; with sentinels that is whichever they name at this moment.
    static func opened(
        to endpoint: RedisEndpoint, options: RedisOptions, cutoff: SocketCutoff
    ) throws(RedisError) -> RedisSession {
        guard let sentinels = endpoint.sentinels else {
            return try RedisSession(to: endpoint, options: options, cutoff: cutoff)
        }
        let address = try primary(of: sentinels, options: options, cutoff: cutoff)
        let session = try RedisSession(to: endpoint.at(address), options: options, cutoff: cutoff, mustBePrimary: true)
        guard case .array(let role) = try session.ask([RedisCommand("ROLE")])[0], role.first?.string == "master" else {
            throw .disconnected(server: "\(address)", reason: "it is no primary, though the sentinels say so")
        }
        return session
    }

    /// Asks one sentinel after the other, until one knows.
    private static func primary(
        of sentinels: RedisSentinels, options: RedisOptions, cutoff: SocketCutoff
    ) throws(RedisError) -> RedisAddress {
        var failures: [String] = []
        for sentinel in sentinels.addresses {
            do throws(RedisError) {
                if let address = try ask(sentinel, for: sentinels.primary, options, cutoff) { return address }
            } catch {
                failures.append(error.description)
            }
        }
        if failures.isEmpty { throw .invalidEndpoint(reason: "no sentinel knows a primary named \(sentinels.primary)") }
        throw .disconnected(server: sentinels.description, reason: failures.joined(separator: "; "))
    }

    private static func ask(
        _ sentinel: RedisAddress, for primary: String, _ options: RedisOptions, _ cutoff: SocketCutoff
    ) throws(RedisError) -> RedisAddress? {
        var options = options
        options.connectTimeout = min(options.connectTimeout, .seconds(1))
        let session = try RedisSession(
            to: RedisEndpoint(host: sentinel.host, port: sentinel.port), options: options, cutoff: cutoff)
        let command = RedisCommand("SENTINEL get-master-addr-by-name", [.string(primary)])
        let reply = try session.ask([command])[0]
        if case .error(let text) = reply { throw RedisError(reply: text, to: command.name) }
        if reply == .null { return nil }
        guard let parts = reply.elements, parts.count == 2, let host = parts[0].string, let port = parts[1].int else {
            throw .unexpectedReply(command: command.name, expected: "a host and a port")
        }
        return RedisAddress(host: host, port: port)
    }
}
