import HTTPTypes
import HoneAPI
import HoneCore
import HoneStore
import Hummingbird

/// Models that may be called, and their prices. Keys are never told: a model names the variable that holds its key.
struct ModelRoutes: RouteArea {
    let backend: Backend

    func add(to router: Router<GatewayContext>) {
        router.on(.get, "/api/models", for: .viewer) { request, _ in try await list(request) }
        router.on(.post, "/api/models", for: .operator) { try await create($0, $1) }
        router.on(.put, "/api/models", for: .operator) { try await replace($0, $1) }
        router.on(.get, "/api/models/:id", for: .viewer) { _, context in
            Answer(try await model(context.name("id", of: "such model")))
        }
    }

    private func list(_ request: Request) async throws -> Answer<Page<ModelBody>> {
        let query = Query(request)
        let last = try query.cursor(ModelID.self)
        let limit = try query.limit()
        let models = try await backend.store.models.all().filter { last == nil || $0.id > last ?? $0.id }
        return Answer(try Page(models, limit: limit, place: \.id, item: ModelBody.init))
    }

    private func model(_ id: ModelID, in store: Store? = nil) async throws -> ModelBody {
        let models = try await (store ?? backend.store).models.all()
        guard let model = models.first(where: { $0.id == id }) else { throw Problem.notFound("model \(id)") }
        return ModelBody(model)
    }

    private func create(_ request: Request, _ context: GatewayContext) async throws -> Answer<ModelBody> {
        let resource = try await request.resource(ModelResource.self)
        let body = try await put(resource, mustBeNew: true, by: context)
        return Answer(body, status: .created, headers: [.location: "/api/models/\(resource.id.inPath)"])
    }

    /// A change of price holds from now on: work that is done keeps what it cost.
    private func replace(_ request: Request, _ context: GatewayContext) async throws -> Answer<ModelBody> {
        Answer(try await put(request.resource(ModelResource.self), mustBeNew: false, by: context))
    }

    private func put(
        _ resource: ModelResource, mustBeNew: Bool, by context: GatewayContext
    ) async throws -> ModelBody {
        try await backend.store.transaction { store in
            let isNew = try await !store.models.all().contains { $0.id == resource.id }
            if mustBeNew, !isNew { throw Problem.conflict("There is a model \(resource.id) already.") }
            _ = try await resource.apply(to: store)
            try await store.audit.record(
                actor: context.actor, action: isNew ? "model.create" : "model.update", subjectKind: "model",
                subjectID: resource.id.rawValue, details: try resource.document)
            return try await model(resource.id, in: store)
        }
    }
}

extension Name {
    /// As one part of a path.
    var inPath: String { rawValue.replacing("/", with: "%2F") }
}
