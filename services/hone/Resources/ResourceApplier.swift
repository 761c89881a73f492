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
        let ordered = resources.enumerated().sorted { left, right in
            (type(of: left.element.resource).rank, left.offset) < (type(of: right.element.resource).rank, right.offset)
        }
        let applied = try await store.transaction { [ordered] store in
            try await Self.apply(ordered.map { ($0.offset, $0.element) }, to: store)
        }
        return resources.enumerated().compactMap { index, declared in
            applied[index].map { Outcome(declared: declared, applied: $0) }
        }
    }

    private static func apply(
        _ resources: [(Int, DeclaredResource)], to store: Store
    ) async throws -> [Int: Applied] {
        var (done, faults) = ([Int: Applied](), [ResourceFault]())
        for (index, declared) in resources {
            do {
                done[index] = try await declared.resource.apply(to: store)
            } catch let fault as InvalidValue {
                faults.append(declared.document.fault(fault))
            }
        }
        guard faults.isEmpty else { throw ResourceFaults(list: faults) }
        return done
    }
}
