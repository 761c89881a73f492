import Foundation
import HTTPTypes
import HoneAPI
import HoneCore
import HoneService
import HoneStore
import Hummingbird

/// OpenAI's protocol: every client of it is a client of Hone.
struct ChatRoutes: RouteArea {
    let backend: Backend

    private var models: ChatModels { ChatModels(directory: backend.directory) }

    func add(to router: Router<GatewayContext>) {
        router.on(.get, "/v1/models", for: .viewer) { _, _ in Answer(ChatModelList(data: models.all)) }
        router.on(.get, "/v1/models/**", for: .viewer) { _, context in try model(in: context) }
        router.on(.post, "/v1/chat/completions", for: .publisher) { try await complete($0, $1) }
    }

    private func model(in context: GatewayContext) throws -> Answer<ChatModelBody> {
        let path = context.parameters.getCatchAll().joined(separator: "/")
        let name = path.removingPercentEncoding ?? path
        guard let model = models.all.first(where: { $0.id == name }) else { throw Problem.noModel(name) }
        return Answer(model)
    }

    private func complete(_ request: Request, _ context: GatewayContext) async throws -> Response {
        var asked = try await request.json(ChatCompletionRequest.self)
        try asked.check()
        asked.user = asked.user ?? request.headers.value(named: "X-OpenWebUI-User-Id")
        let agent = try models.agent(asked.model)
        let session = try request.session(of: asked) ?? asked.session(of: context.knownCaller)
        let now = Date()
        let task = asked.task(for: agent, session: session, deadline: now + Chat.longest)
        let chat = try Chat(asked, in: context, backend: backend, at: now)
        // It listens before there is anything to hear.
        let steps = chat.steps()
        try await backend.tasks.assign(task, as: chat.id, by: chat.caller, traceparent: request.traceparent)
        return chat.isStream
            ? try await chat.stream(steps)
            : try await chat.whole(steps).response(from: request, context: context)
    }
}

extension Request {
    /// The conversation that the client names: by a header, as Open WebUI does too, or in the metadata.
    fileprivate func session(of asked: ChatCompletionRequest) throws -> String? {
        headers.value(named: "X-Session-ID") ?? headers.value(named: "X-OpenWebUI-Chat-Id")
            ?? asked.metadata?["session_id"]?.string
    }
}
