import HoneCore
import HoneModels
import HoneService
import HoneStore
import Logging

extension Connections {
    /// Runs `body` with a catalogue whose calls keep the caps of the installation, as those of services do.
    func withCatalog<Value>(
        of models: [ApprovedModel], paidFrom store: Store, _ body: (ModelCatalog) async throws -> Value
    ) async throws -> Value {
        let treasury = Treasury(store: store, dailyCap: dailyBudget, logger: Logger(label: "hone"))
        try await treasury.refresh()
        let catalog = ModelCatalog(
            models, environment: source.environment(), options: ModelCatalogOptions(spending: treasury))
        let outcome: Result<Value, any Error>
        do { outcome = .success(try await body(catalog)) } catch { outcome = .failure(error) }
        await catalog.shutdown()
        await treasury.close()
        return try outcome.get()
    }
}
