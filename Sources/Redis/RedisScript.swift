/// A Lua script that the server keeps by its SHA-1.
public struct RedisScript: Sendable, Hashable {
    public let source: String
    /// Forty hexadecimal digits.
    public let sha1: String

    public init(_ source: String) {
        self.source = source
        sha1 = SHA1.hexadecimal(of: Array(source.utf8))
    }
}

extension RedisCommand {
    /// Runs a script that the server knows; else the answer is an error with the code `NOSCRIPT`.
    public static func evalsha(_ script: RedisScript, keys: [String], arguments: [RedisArgument]) -> RedisCommand {
        evaluate("EVALSHA", script.sha1, keys, arguments)
    }

    /// Runs a script from its source; the server knows it from then on.
    public static func eval(_ script: RedisScript, keys: [String], arguments: [RedisArgument]) -> RedisCommand {
        evaluate("EVAL", script.source, keys, arguments)
    }

    private static func evaluate(
        _ name: String, _ script: String, _ keys: [String], _ arguments: [RedisArgument]
    ) -> RedisCommand {
        RedisCommand(name, [.string(script), RedisArgument(keys.count)] + keys.map { .string($0) } + arguments)
    }
}

extension RedisExecutor {
    /// Runs a script. Only when the server does not know it, the source is sent along.
    @discardableResult
    public func run(
        _ script: RedisScript, keys: [String] = [], arguments: [RedisArgument] = []
    ) async throws -> RedisValue {
        do {
            return try await send(.evalsha(script, keys: keys, arguments: arguments))
        } catch RedisError.server(_, "NOSCRIPT", _) {
            return try await send(.eval(script, keys: keys, arguments: arguments))
        }
    }

    /// Makes the server know a script, for use with ``RedisCommand/evalsha(_:keys:arguments:)`` in a transaction.
    public func load(_ script: RedisScript) async throws {
        try await send(RedisCommand("SCRIPT LOAD", [.string(script.source)]))
    }
}
