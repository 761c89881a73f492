import Redis

extension RedisTransport {
    /// The elements that one transaction or script may touch together: on a cluster those whose keys share a slot,
    /// else all of them. The first part holds the first element, and so on.
    func parts<Element>(_ elements: [Element], by key: (Element) -> String) async throws -> [[Element]] {
        guard !elements.isEmpty else { return [] }
        guard elements.count > 1, try await cluster != nil else { return [elements] }
        var parts: [KeySlot: Int] = [:]
        return elements.reduce(into: [[Element]]()) { grouped, element in
            let slot = KeySlot(of: key(element))
            if let part = parts[slot] {
                grouped[part].append(element)
            } else {
                parts[slot] = grouped.count
                grouped.append([element])
            }
        }
    }
}

/// Does the work on all parts side by side, whatever becomes of one of them; the answers are in the order of the parts.
func tryEach<Part: Sendable, Answer: Sendable>(
    _ parts: [Part], _ work: @escaping @Sendable (Part) async throws -> Answer
) async -> [Result<Answer, any Error>] {
    guard parts.count > 1 else {
        var answers: [Result<Answer, any Error>] = []
        for part in parts { answers.append(await Result(catching: work, part)) }
        return answers
    }
    return await withTaskGroup { group in
        for (index, part) in parts.enumerated() {
            group.addTask { (index, await Result(catching: work, part)) }
        }
        let answers = await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        return parts.indices.compactMap { answers[$0] }
    }
}

extension Array {
    /// All answers, or the first failure.
    func all<Answer>() throws -> [Answer] where Element == Result<Answer, any Error> {
        try map { try $0.get() }
    }

    /// What was found, wherever it was; the first failure only when nothing was. What a reader was given must not be
    /// thrown away because another one failed: it would be missing until its lease lapses.
    func found<Answer>() throws -> [Answer] where Element == Result<[Answer], any Error> {
        let found = flatMap { (try? $0.get()) ?? [] }
        if found.isEmpty { _ = try all() }
        return found
    }
}

extension Result where Failure == any Error {
    init<Part>(catching work: (Part) async throws -> Success, _ part: Part) async {
        do {
            self = .success(try await work(part))
        } catch {
            self = .failure(error)
        }
    }
}
