extension Sequence {
    /// The first of all elements with the same key, in their order.
    public func uniqued<Key: Hashable>(by key: (Element) -> Key) -> [Element] {
        var seen: Set<Key> = []
        return filter { seen.insert(key($0)).inserted }
    }
}

extension Sequence where Element: Hashable {
    /// Each element once, where it first stood.
    public func uniqued() -> [Element] { uniqued { $0 } }
}
