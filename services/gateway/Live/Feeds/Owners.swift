import HoneCore
import Synchronization

/// Whose each task is. Those asked for lately are known without asking the record again: an owner never changes.
final class Owners: Sendable {
    typealias Lookup = @Sendable ([TaskID]) async throws -> [TaskID: String]

    fileprivate struct Known {
        var young: [TaskID: String] = [:]
        var old: [TaskID: String] = [:]
    }

    /// Kept at least; twice as many at most.
    private let capacity: Int
    private let lookup: Lookup
    private let known = Mutex(Known())

    init(capacity: Int = 10_000, lookup: @escaping Lookup) {
        self.capacity = capacity
        self.lookup = lookup
    }

    /// The owners of these tasks; those that have none, or that there are not, are left out.
    func of(_ tasks: [TaskID]) async throws -> [TaskID: String] {
        var found = known.withLock { known in
            Dictionary(tasks.compactMap { task in known[task].map { (task, $0) } }) { first, _ in first }
        }
        let unknown = Set(tasks).subtracting(found.keys)
        if !unknown.isEmpty {
            let asked = try await lookup(Array(unknown))
            known.withLock { known in
                // That a task has none is worth keeping, too: most have none where few publish by key.
                for task in unknown { known.note(asked[task] ?? "", of: task, capacity) }
            }
            found.merge(asked) { _, new in new }
        }
        return found.filter { !$0.value.isEmpty }
    }
}

extension Owners.Known {
    /// Two generations instead of a list: whoever is asked for becomes young again.
    fileprivate subscript(task: TaskID) -> String? {
        mutating get {
            if let owner = young[task] { return owner }
            guard let owner = old.removeValue(forKey: task) else { return nil }
            young[task] = owner
            return owner
        }
    }

    fileprivate mutating func note(_ owner: String, of task: TaskID, _ capacity: Int) {
        young[task] = owner
        guard young.count >= capacity else { return }
        (old, young) = (young, [:])
    }
}
