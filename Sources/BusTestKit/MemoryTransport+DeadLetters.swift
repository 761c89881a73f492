public import HoneBus
import Synchronization

extension MemoryTransport {
    public func deadLetters(_ filter: DeadLetterFilter, after: String?, limit: Int) async throws -> [DeadLetter] {
        let last = after.map(MemoryBus.sequence) ?? 0
        return state.withLock { bus in
            let later = (bus.streams["\(namespace):dead"]?.entries ?? []).filter { $0.sequence > last }
            let letters = later.map { DeadLetter(id: $0.id, envelope: $0.envelope) }
            return Array(letters.filter(filter.matches).prefix(limit))
        }
    }

    public func deadLetter(_ id: String) async throws -> DeadLetter? {
        try await deadLetters(.all, after: nil, limit: .max).first { $0.id == id }
    }

    public func replay(_ ids: [String]) async throws -> [String] {
        var replayed: [String] = []
        for id in ids {
            guard let letter = try await deadLetter(id), letter.cut == nil else { continue }
            add(letter.envelope.replayed(), to: letter.stream)
            replayed += try await purge([id]) == 1 ? [id] : []
        }
        return replayed
    }

    public func purge(_ ids: [String]) async throws -> Int {
        state.withLock { bus in
            let count = bus.streams["\(namespace):dead"]?.entries.count ?? 0
            bus.streams["\(namespace):dead"]?.entries.removeAll { ids.contains($0.id) }
            return count - (bus.streams["\(namespace):dead"]?.entries.count ?? 0)
        }
    }
}
