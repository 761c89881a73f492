/// Whatever carries commands out: one server, or a cluster. All typed commands are extensions of it.
public protocol RedisExecutor: Sendable {
    /// Sends one command. An error reply is thrown and names the command.
    @discardableResult
    func send(_ command: RedisCommand) async throws -> RedisValue

    /// Sends many commands together. Error replies stay in the result, at the place of their command.
    @discardableResult
    func pipeline(_ commands: [RedisCommand]) async throws -> [RedisValue]

    /// Ends all connections; whoever still waits, and every later command, gets ``RedisError/closed(server:)``.
    func close() async
}
