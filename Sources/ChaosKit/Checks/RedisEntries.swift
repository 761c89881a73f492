import Redis

extension RedisValue {
    /// The entries of a stream, as `XRANGE` answers inside a transaction.
    var streamEntries: [RedisStreamEntry] {
        (elements ?? []).compactMap { entry in
            guard let parts = entry.elements, parts.count == 2, let id = parts[0].string.flatMap(RedisStreamID.init),
                let words = parts[1].elements
            else { return nil }
            let fields = stride(from: 0, to: words.count - 1, by: 2).map {
                RedisField(words[$0].string ?? "", words[$0 + 1].bytes ?? [])
            }
            return RedisStreamEntry(id: id, fields: fields)
        }
    }
}

extension RedisStreamEntry {
    /// The text of a field; nil when there is none.
    func text(_ name: String) -> String? { fields.first { $0.name == name }?.text }
}
