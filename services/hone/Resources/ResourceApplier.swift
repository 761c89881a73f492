import HoneAPI
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
        do {
            let applied = try await ResourceBatch.apply(resources.map(\.resource), to: store)
            return zip(resources, applied).map { Outcome(declared: $0, applied: $1) }
        } catch let refusals as ResourceBatch.Refusals {
            throw ResourceFaults(list: refusals.faults.map { resources[$0.index].document.fault($0.fault) })
        }
    }
}
