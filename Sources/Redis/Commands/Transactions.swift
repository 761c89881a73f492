extension RedisExecutor {
    /// Carries out commands as one step, `MULTI` to `EXEC`, with one write; returns their replies.
    ///
    /// Any error reply is thrown and names its command. An error at queueing (a wrong name, out of memory) means that
    /// nothing was done; an error in carrying out (`WRONGTYPE`) leaves the other commands done, as Redis has it.
    @discardableResult
    public func transaction(_ commands: [RedisCommand]) async throws -> RedisArray {
        if commands.isEmpty { return [] }
        let replies = try await pipeline([RedisCommand("MULTI")] + commands + [RedisCommand("EXEC")])
        for (index, reply) in replies.dropFirst().dropLast().enumerated() {
            if case .error(let text) = reply { throw RedisError(reply: text, to: commands[index].name) }
        }
        guard case .array(let results) = replies.last, results.count == commands.count else {
            if case .error(let text) = replies.last { throw RedisError(reply: text, to: "EXEC") }
            throw RedisError.unexpectedReply(command: "EXEC", expected: "an array of \(commands.count)")
        }
        if let (index, text) = results.firstError { throw RedisError(reply: text, to: commands[index].name) }
        return results
    }
}
