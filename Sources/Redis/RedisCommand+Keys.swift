extension RedisCommand {
    /// The keys that the command touches: they say which server of a cluster it is for.
    ///
    /// Two-word commands must have both words in their name. Source: the key specifications in `COMMAND INFO`.
    var keys: ArraySlice<RedisArgument> {
        if Self.keyless.contains(name) || Self.keylessFamilies.contains(where: name.hasPrefix) { return [] }
        switch name {
        case "DEL", "UNLINK", "EXISTS", "TOUCH", "MGET": return arguments[...]
        case "LMOVE", "BLMOVE": return arguments.prefix(2)
        case "EVAL", "EVALSHA", "FCALL": return counted
        case "XREAD", "XREADGROUP": return streams
        default: return arguments.prefix(1)
        }
    }

    private static let keyless: Set<String> = [
        "PING", "TIME", "ECHO", "INFO", "ROLE", "KEYS", "SCAN", "DBSIZE", "FLUSHALL", "FLUSHDB", "MULTI", "EXEC",
        "DISCARD", "ASKING", "AUTH", "SELECT", "WAIT", "PUBLISH",
    ]
    private static let keylessFamilies = ["CLIENT ", "CLUSTER ", "CONFIG ", "SCRIPT ", "ACL ", "DEBUG ", "SENTINEL "]

    /// Script, number of keys, keys, arguments.
    private var counted: ArraySlice<RedisArgument> {
        guard arguments.count > 1, case .integer(let count) = arguments[1] else { return [] }
        return arguments.dropFirst(2).prefix(Int(clamping: max(0, count)))
    }

    /// After the word STREAMS come the keys, then as many ids. A group or a consumer may have that very name.
    private var streams: ArraySlice<RedisArgument> {
        let options = arguments.dropFirst(name == "XREADGROUP" ? 3 : 0)
        guard let word = options.firstIndex(of: "STREAMS") else { return [] }
        let rest = arguments[(word + 1)...]
        return rest.prefix(rest.count / 2)
    }
}
