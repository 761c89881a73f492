import Foundation
import HTTPTypes
import HoneAPI
import HoneBus
import HoneCore
import HoneIntelligence
import HoneMessages
import HoneService
import HoneStore
import Hummingbird

/// How the installation is.
struct SystemRoutes: RouteArea {
    private static let levels = ["trace", "debug", "info", "notice", "warning", "error", "critical"]

    let backend: Backend

    func add(to router: Router<GatewayContext>) {
        router.on(.get, "/api/system/status", for: .viewer) { _, _ in Answer(await SystemView(backend).status()) }
        router.on(.get, "/api/system/metrics", for: .viewer) { request, _ in try await metrics(request) }
        router.on(.get, "/api/system/logs", for: .operator) { request, _ in try await logs(request) }
        router.on(.get, "/api/system/alerts", for: .viewer) { request, _ in try await alerts(request) }
        router.on(.post, "/api/system/sync-all", for: .operator) { _, context in try await syncAll(context) }
    }

    private var store: Store { backend.store }

    private func metrics(_ request: Request) async throws -> Answer<MetricsBody> {
        let window = try Query(request).integer("window", in: 1...86_400) ?? 300
        let now = Date()
        let midnight = Date(timeIntervalSince1970: (now.timeIntervalSince1970 / 86_400).rounded(.down) * 86_400)
        let pulse = try await store.tasks.pulse(window: window, since: midnight, at: now)
        return Answer(MetricsBody(pulse, window: window, at: now))
    }

    private func logs(_ request: Request) async throws -> Answer<Page<LogLineBody>> {
        let query = Query(request)
        let level = try query.word("level", among: Self.levels)
        let filter = LogFilter(
            levels: level.map { least in Array(Self.levels.drop { $0 != least }) }, source: query.text("source"),
            task: try query.id("task_id", of: TaskID.self)?.description, since: try query.moment("since"),
            text: query.text("q"))
        let limit = try query.limit()
        let lines = try await store.logs.page(filter, after: query.numberedPlace(), limit: limit + 1)
        return Answer(
            try Page(lines, limit: limit, place: { TimePlace($0.line.time, id: "\($0.id)") }, item: LogLineBody.init))
    }

    private func alerts(_ request: Request) async throws -> Answer<Page<AlertBody>> {
        let query = Query(request)
        let filter = AlertFilter(
            isOpen: try query.word("open", among: ["true", "false"]) == "true",
            kind: try query.word("kind", AlertKind.self), subject: query.text("subject"),
            severity: try query.word("severity", AlertSeverity.self))
        let limit = try query.limit()
        let last = try query.place(of: TaskID.self).map { (time: $0.time, id: $0.id.uuid) }
        return Answer(try Page.alerts(await store.alerts.list(filter, after: last, limit: limit + 1), limit: limit))
    }

    /// Tells every service to look at the record anew, as if each production prompt had changed.
    private func syncAll(_ context: GatewayContext) async throws -> Answer<SyncBody> {
        try await backend.directory.refresh()
        let agents = try await store.agents.all()
        let prompts = try await store.prompts.load(agents.compactMap(\.promptID))
        let types = Dictionary(agents.map { ($0.id, $0.agent.type) }) { first, _ in first }
        try await backend.transport.publish(
            prompts.map { stored in
                try Publication(
                    PromptChanged(
                        promptID: stored.prompt.id, agentType: types[stored.prompt.agentID] ?? .llm,
                        agentID: stored.prompt.agentID, version: stored.prompt.version, from: .production,
                        to: .production), id: TaskID.new().uuid)
            })
        try await store.audit.record(
            actor: context.actor, action: "system.sync", subjectKind: "system", subjectID: "all")
        return Answer(SyncBody(agents: agents.count, prompts: prompts.count), status: .accepted)
    }
}
