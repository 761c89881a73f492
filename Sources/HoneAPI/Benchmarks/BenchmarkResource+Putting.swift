public import HoneStore

extension BenchmarkResource {
    /// Makes the suite on record equal to this one, with who did so. Throws `InvalidValue` for what does not fit; then
    /// nothing has changed.
    public func put(in store: Store, by actor: String) async throws -> (suite: BenchmarkSummaryBody, isNew: Bool) {
        try await store.transaction { store in
            let applied = try await apply(to: store)
            let isNew = applied.change == .created
            try await store.audit.record(
                actor: actor, action: "benchmark.\(isNew ? "create" : "update")", subjectKind: "benchmark",
                subjectID: id)
            guard let suite = try await store.benchmarks.load(id) else { throw Missing() }
            return (BenchmarkSummaryBody(suite, warnings: applied.warnings), isNew)
        }
    }

    /// A suite that was just written and is not there.
    private struct Missing: Error {}
}
