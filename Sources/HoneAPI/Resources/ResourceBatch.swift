public import HoneCore
public import HoneStore

/// Puts declared resources on record, all or none.
public enum ResourceBatch {
    /// What does not fit the record, by its place among the resources of the call.
    public struct Refusals: Error, Sendable {
        public let faults: [(index: Int, fault: InvalidValue)]
    }

    /// Returns what became of each. Models come before the agents that name them, wherever they stand. Throws
    /// ``Refusals``; then nothing was applied.
    public static func apply(_ resources: [any Resource], to store: Store) async throws -> [Applied] {
        let order = resources.indices.sorted { left, right in
            (type(of: resources[left]).rank, left) < (type(of: resources[right]).rank, right)
        }
        let applied = try await store.transaction { store in
            try await apply(resources, in: order, to: store)
        }
        return resources.indices.compactMap { applied[$0] }
    }

    /// One resource. Throws `InvalidValue` for what does not fit the record.
    public static func apply(_ resource: some Resource, to store: Store) async throws -> Applied {
        try await store.transaction { try await resource.apply(to: $0) }
    }

    private static func apply(
        _ resources: [any Resource], in order: [Int], to store: Store
    ) async throws -> [Int: Applied] {
        var (done, faults) = ([Int: Applied](), [(index: Int, fault: InvalidValue)]())
        for index in order {
            do {
                done[index] = try await resources[index].apply(to: store)
            } catch let fault as InvalidValue {
                faults.append((index, fault))
            }
        }
        guard faults.isEmpty else { throw Refusals(faults: faults) }
        return done
    }
}
