extension RedisCommand {
    /// The slot of the command's keys, nil when it has none; throws `server` with `CROSSSLOT` when there are several.
    func slot() throws(RedisError) -> KeySlot? { try Self.slot(of: keys, for: name) }

    fileprivate static func slot(
        of keys: some Collection<RedisArgument>, for name: String
    ) throws(RedisError) -> KeySlot? {
        guard let slot = keys.first.map({ KeySlot(of: $0) }) else { return nil }
        guard keys.dropFirst().allSatisfy({ KeySlot(of: $0) == slot }) else {
            throw .server(command: name, code: "CROSSSLOT", message: "the keys belong to several slots of the cluster")
        }
        return slot
    }
}

extension [RedisCommand] {
    /// The slot of all keys of a transaction.
    func slot() throws(RedisError) -> KeySlot? {
        try RedisCommand.slot(of: flatMap(\.keys), for: "MULTI of \(count - 2) commands")
    }
}
