import HoneCore
import HoneMessages
import HoneStore

/// Puts declared resources on record, all or none.
struct ResourceApplier {
    /// What became of one resource.
    struct Outcome {
        let declared: DeclaredResource
        let applied: Applied
    }

    let store: Store

    /// In the order in which they were declared. Throws ``ResourceFaults``; then nothing was applied.
    func apply(_ resources: [DeclaredResource]) async throws -> [Outcome] {
        let order = resources.indices.sorted { left, right in
            (type(of: resources[left].resource).rank, left) < (type(of: resources[right].resource).rank, right)
        }
        let applied = try await store.transaction { store in
            try await Self.apply(resources, in: order, to: store)
        }
        return resources.enumerated().compactMap { index, declared in
            applied[index].map { Outcome(declared: declared, applied: $0) }
        }
    }

    private static func apply(
        _ resources: [DeclaredResource], in order: [Int], to store: Store
    ) async throws -> [Int: Applied] {
        var (done, faults) = ([Int: Applied](), [ResourceFault]())
        for index in order {
            do {
                done[index] = try await resources[index].resource.apply(to: store)
            } catch let fault as InvalidValue {
                faults.append(resources[index].document.fault(fault))
            }
        }
        guard faults.isEmpty else { throw ResourceFaults(list: faults) }
        return done
    }
}
