/// One life of a connection, from the handshake to the first fault. Lives on one lane.
final class RedisSession {
    private let handle: RedisHandle
    private let endpoint: RedisEndpoint
    private let cutoff: SocketCutoff
    private let commandTimeout: Duration
    private var waitingLimit: Duration
    private var pipeline = RedisPipeline()
    /// Set when sentinels led here: then a server that turns into a replica is one to leave.
    private let mustBePrimary: Bool

    /// Connects and logs in.
    init(
        to endpoint: RedisEndpoint, options: RedisOptions, cutoff: SocketCutoff, mustBePrimary: Bool = false
    ) throws(RedisError) {
        do throws(RedisFault) {
            handle = try RedisHandle(connectingTo: endpoint, timeout: options.connectTimeout)
        } catch {
            throw RedisError(error, from: endpoint, command: "connect")
        }
        self.endpoint = endpoint
        self.cutoff = cutoff
        self.mustBePrimary = mustBePrimary
        commandTimeout = options.commandTimeout
        waitingLimit = options.connectTimeout
        handle.limitWaiting(to: waitingLimit)
        cutoff.guarding(handle.descriptor)
        try logIn(options)
    }

    deinit { cutoff.guarding(nil) }

    var isStale: Bool { handle.isStale }

    /// Writes what waits in the mailbox and hands out the replies, until neither is left.
    ///
    /// What is posted while replies come in is written with the next flush, before the next wait.
    func serve(_ mailbox: RedisMailbox) throws(RedisError) {
        do throws(RedisFault) {
            while true {
                try admit(mailbox.takeAll())
                if pipeline.isEmpty { return }
                try handle.fill()
                while let reply = try handle.nextReply() { try deliver(reply) }
            }
        } catch {
            let (fault, endpoint) = (error, endpoint)
            pipeline.failAll { RedisError(fault, from: endpoint, command: $0) }
            throw RedisError(fault, from: endpoint, command: "")
        }
    }

    private func deliver(_ reply: RedisValue) throws(RedisFault) {
        if mustBePrimary, case .error(let text) = reply, text.hasPrefix("READONLY") {
            throw .broken("it is a replica now")
        }
        pipeline.deliver(reply)
    }

    private func admit(_ waiting: [RedisRequest]) throws(RedisFault) {
        let batch = waiting.filter { $0.takeOff() }
        if batch.isEmpty { return }
        pipeline.admit(batch)
        for request in batch { try handle.append(request.payload) }
        let limit = commandTimeout + pipeline.blockTime
        if limit != waitingLimit {
            waitingLimit = limit
            handle.limitWaiting(to: limit)
        }
        try handle.flush()
    }

    private func logIn(_ options: RedisOptions) throws(RedisError) {
        var commands: [RedisCommand] = []
        if let password = endpoint.password {
            commands.append(RedisCommand("AUTH", (endpoint.username.map { [.string($0)] } ?? []) + [.string(password)]))
        }
        if endpoint.database != 0 { commands.append(RedisCommand("SELECT", [RedisArgument(endpoint.database)])) }
        if let name = options.name {
            let name = String(name.map { $0.isWhitespace ? "-" : $0 })
            commands.append(RedisCommand("CLIENT SETNAME", [.string(name)]))
        }
        commands.append(RedisCommand("CLIENT ID"))
        let replies = try ask(commands)
        for (command, reply) in zip(commands, replies) {
            // A user without the right to name itself is still a user.
            if case .error(let text) = reply, !command.name.hasPrefix("CLIENT") {
                throw RedisError(reply: text, to: command.name)
            }
        }
        cutoff.isNumbered(replies.last?.int)
    }

    /// Commands of the handshake, before anything is served.
    func ask(_ commands: [RedisCommand]) throws(RedisError) -> [RedisValue] {
        var replies: [RedisValue] = []
        do throws(RedisFault) {
            try handle.append(commands.encoded())
            try handle.flush()
            while replies.count < commands.count {
                if let reply = try handle.nextReply() { replies.append(reply) } else { try handle.fill() }
            }
        } catch {
            throw RedisError(error, from: endpoint, command: commands.first?.name ?? "")
        }
        return replies
    }
}

extension RedisError {
    fileprivate init(_ fault: RedisFault, from endpoint: RedisEndpoint, command: String) {
        switch fault {
        case .timedOut: self = .timedOut(server: endpoint.address, command: command)
        case .broken(let reason): self = .disconnected(server: endpoint.address, reason: reason)
        }
    }
}
