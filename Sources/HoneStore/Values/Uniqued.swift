extension Sequence {
    /// The first of all elements with the same key: one statement cannot touch a row twice.
    func uniqued<Key: Hashable>(by key: (Element) -> Key) -> [Element] {
        var seen: Set<Key> = []
        return filter { seen.insert(key($0)).inserted }
    }
}
