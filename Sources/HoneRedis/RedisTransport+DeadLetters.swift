public import HoneBus
import Redis

extension RedisTransport {
    public func deadLetters(_ filter: DeadLetterFilter, after: String?, limit: Int) async throws -> [DeadLetter] {
        try await translating(keys: [keys.dead]) {
            var found: [DeadLetter] = []
            var start = after.map { "(\($0)" } ?? "-"
            while found.count < limit {
                let page = try await commands.xrange(keys.dead, from: start, count: 256)
                guard let last = page.last else { break }
                found += page.map(DeadLetter.init).filter(filter.matches)
                start = "(\(last.id)"
            }
            return Array(found.prefix(limit))
        }
    }

    public func deadLetter(_ id: String) async throws -> DeadLetter? {
        guard let id = RedisStreamID(id) else { return nil }
        return try await translating(keys: [keys.dead]) {
            try await commands.xrange(keys.dead, from: "\(id)", to: "\(id)").first.map(DeadLetter.init)
        }
    }

    public func replay(_ ids: [String]) async throws -> [String] {
        var replayed: [String] = []
        for id in ids {
            guard let letter = try await deadLetter(id), letter.cut == nil, let entry = RedisStreamID(letter.id) else {
                continue
            }
            try await translating(keys: [letter.stream, keys.dead]) {
                // The addition goes first and alone: were it refused inside a transaction, the letter would be gone.
                try await commands.send(.add(letter.envelope.replayed(), to: letter.stream))
                try await commands.xdel(keys.dead, ids: [entry])
            }
            replayed.append(letter.id)
        }
        return replayed
    }

    public func purge(_ ids: [String]) async throws -> Int {
        try await translating(keys: [keys.dead]) {
            try await commands.xdel(keys.dead, ids: ids.compactMap { RedisStreamID($0) })
        }
    }
}

extension DeadLetter {
    fileprivate init(_ entry: RedisStreamEntry) {
        self.init(id: "\(entry.id)", envelope: Envelope(entry))
    }
}
