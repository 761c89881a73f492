/// One connection to a Redis server, shared by any number of callers.
///
/// It connects at the first command and again, with a jittered back-off, after it was lost. Commands that callers
/// issue at the same time share one write, and replies come in the order of the commands: a command that blocks holds
/// up all that follow, so give blocking reads a client of their own. A command whose connection dies before its reply
/// throws ``RedisError/disconnected(server:reason:)`` and is never sent again by itself; one that was not written yet
/// simply waits for the next connection, up to ``RedisOptions/connectPatience``.
///
/// A cancelled caller returns at once with `CancellationError`. If its command blocks in the server, the connection is
/// dropped, so that the server gives no message to a reader who has left.
public final class RedisClient: RedisExecutor {
    public let endpoint: RedisEndpoint
    private let mailbox = RedisMailbox()
    private let cutoff = SocketCutoff()
    private let connection: RedisConnection

    public init(_ endpoint: RedisEndpoint, options: RedisOptions = .init()) {
        self.endpoint = endpoint
        connection = RedisConnection(endpoint, options: options, mailbox: mailbox, cutoff: cutoff)
    }

    /// What the server calls the present connection; nil before the first, or when the server does not say.
    var connectionNumber: Int? { cutoff.connectionNumber }

    /// Sends one command. An error reply is thrown and names the command.
    @discardableResult
    public func send(_ command: RedisCommand) async throws -> RedisValue {
        let reply = try await pipeline([command]).first ?? .null
        if case .error(let text) = reply { throw RedisError(reply: text, to: command.name) }
        return reply
    }

    /// Sends many commands with one write. Error replies stay in the result, at the place of their command.
    @discardableResult
    public func pipeline(_ commands: [RedisCommand]) async throws -> [RedisValue] {
        do {
            return commands.isEmpty ? [] : try await submit(commands)
        } catch let unsent as RedisUnsent {
            throw unsent.cause
        }
    }

    /// Ends the connection; whoever still waits, and every later command, gets ``RedisError/closed(server:)``.
    public func close() async {
        let (waiting, worker) = mailbox.close()
        for request in waiting { request.settle(.failure(RedisError.closed(server: endpoint.address))) }
        worker?.cancel()
        cutoff.cut()
        await worker?.value
        await connection.disconnect()
    }

    /// Throws ``RedisUnsent`` for what was not written before the patience was over.
    func submit(_ commands: [RedisCommand]) async throws -> [RedisValue] {
        let request = RedisRequest(commands)
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                if request.wait(continuation) { post(request) }
            }
        } onCancel: {
            let wasInFlight = request.settle(.failure(CancellationError()))
            if wasInFlight, request.blockTime != nil { cutoff.cut() }
        }
    }

    private func post(_ request: RedisRequest) {
        let isPosted = mailbox.post(request, startingWith: connection.startWorking)
        if !isPosted { request.settle(.failure(RedisError.closed(server: endpoint.address))) }
    }
}
