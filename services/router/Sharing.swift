extension Sequence {
    /// Transforms each element, those with the same key only once: copies of a message that arrive in one batch must
    /// not get decisions of their own.
    func mapSharing<Key: Hashable, Value>(
        by key: (Element) -> Key, _ transform: (Element) throws -> Value
    ) rethrows -> [Value] {
        var known: [Key: Value] = [:]
        return try map { element in
            let key = key(element)
            if let value = known[key] { return value }
            let value = try transform(element)
            known[key] = value
            return value
        }
    }
}
