extension RedisSession {
    /// A session with the server that the endpoint means; with sentinels that is whichever they name at this moment, and
    /// of several nodes the first that lets us in.
    static func opened(
        to endpoint: RedisEndpoint, options: RedisOptions, cutoff: SocketCutoff
    ) throws(RedisError) -> RedisSession {
        if let sentinels = endpoint.sentinels {
            return try openedToPrimary(of: sentinels, endpoint, options, cutoff)
        }
        if !endpoint.others.isEmpty {
            let session = try first(of: endpoint.nodes, options, called: endpoint.address) {
                (node, options) throws(RedisError) in
                try RedisSession(to: endpoint.at(node), options: options, cutoff: cutoff)
            }
            if let session { return session }
        }
        return try RedisSession(to: endpoint, options: options, cutoff: cutoff)
    }

    private static func openedToPrimary(
        of sentinels: RedisSentinels, _ endpoint: RedisEndpoint, _ options: RedisOptions, _ cutoff: SocketCutoff
    ) throws(RedisError) -> RedisSession {
        let address = try first(of: sentinels.addresses, options, called: sentinels.description) {
            (sentinel, options) throws(RedisError) in try ask(sentinel, of: sentinels, options, cutoff)
        }
        guard let address else {
            throw .invalidEndpoint(reason: "no sentinel knows a primary named \(sentinels.primary)")
        }
        let session = try RedisSession(to: endpoint.at(address), options: options, cutoff: cutoff, mustBePrimary: true)
        guard case .array(let role) = try session.ask([RedisCommand("ROLE")])[0], role.first?.string == "master" else {
            throw .disconnected(server: "\(address)", reason: "it is no primary, though the sentinels say so")
        }
        return session
    }

    /// Asks one after the other until one knows; nil when all answer that they do not.
    private static func first<Answer>(
        of servers: [RedisAddress], _ options: RedisOptions, called name: String,
        _ ask: (RedisAddress, RedisOptions) throws(RedisError) -> Answer?
    ) throws(RedisError) -> Answer? {
        var (options, failures) = (options, [RedisError]())
        // One that is gone must not keep us from the others.
        if servers.count > 1 { options.connectTimeout = min(options.connectTimeout, .seconds(1)) }
        for server in servers {
            do throws(RedisError) {
                if let answer = try ask(server, options) { return answer }
            } catch {
                failures.append(error)
            }
        }
        guard let failure = failures.first else { return nil }
        // Waiting is of no use when each of them refused.
        if failures.count == servers.count, !failures.contains(where: \.isTransient) { throw failure }
        throw .disconnected(server: name, reason: failures.map(\.description).joined(separator: "; "))
    }

    private static func ask(
        _ address: RedisAddress, of sentinels: RedisSentinels, _ options: RedisOptions, _ cutoff: SocketCutoff
    ) throws(RedisError) -> RedisAddress? {
        let command = RedisCommand("SENTINEL get-master-addr-by-name", [.string(sentinels.primary)])
        let reply: RedisValue
        do throws(RedisError) {
            let session = try RedisSession(to: sentinels.endpoint(address), options: options, cutoff: cutoff)
            reply = try session.ask([command])[0]
            if case .error(let text) = reply { throw RedisError(reply: text, to: command.name) }
        } catch {
            throw error.told(by: address)
        }
        if reply == .null { return nil }
        guard let parts = reply.elements, parts.count == 2, let host = parts[0].string, let port = parts[1].int else {
            throw .unexpectedReply(command: command.name, expected: "a host and a port")
        }
        return RedisAddress(host: host, port: port)
    }
}

extension RedisError {
    /// A refusal names no server; that of a sentinel would be taken for the primary's.
    fileprivate func told(by sentinel: RedisAddress) -> RedisError {
        guard case .server(let command, let code, let message) = self else { return self }
        return .server(command: "\(command) at sentinel \(sentinel)", code: code, message: message)
    }
}
