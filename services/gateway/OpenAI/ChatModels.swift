import Foundation
import HTTPTypes
import HoneCore
import HoneService
import HoneStore

/// A model as OpenAI's clients see it: an agent, or whoever is best.
struct ChatModelBody: Encodable, Sendable {
    let id: String
    let object = "model"
    let created: Int
    let ownedBy = "hone"

    enum CodingKeys: String, CodingKey {
        case id, object, created
        case ownedBy = "owned_by"
    }
}

struct ChatModelList: Encodable, Sendable {
    let object = "list"
    let data: [ChatModelBody]
}

/// The names under which agents can be talked to: `hone/auto` and `hone/<agent>`.
struct ChatModels {
    static let automatic = "hone/auto"
    private static let prefix = "hone/"

    let directory: Directory

    var all: [ChatModelBody] {
        let agents = directory.snapshot.agents.values.filter(Self.canTalk).sorted { $0.id < $1.id }
        let first = agents.map(\.createdAt).min() ?? Date(timeIntervalSince1970: 0)
        return [Self.body(Self.automatic, first)] + agents.map { Self.body("\(Self.prefix)\($0.id)", $0.createdAt) }
    }

    /// The agent that a model's name stands for; nil when the router is to choose. Throws 404.
    func agent(_ model: String) throws -> AgentID? {
        if model == Self.automatic { return nil }
        guard model.hasPrefix(Self.prefix), let id = AgentID(String(model.dropFirst(Self.prefix.count))),
            let agent = directory.snapshot.agents[id], Self.canTalk(agent)
        else { throw Problem.noModel(model) }
        return id
    }

    private static func canTalk(_ agent: StoredAgent) -> Bool {
        agent.agent.roles.contains(.worker) && agent.agent.lifecycle == .live && agent.agent.type == .llm
    }

    private static func body(_ id: String, _ since: Date) -> ChatModelBody {
        ChatModelBody(id: id, created: Int(since.timeIntervalSince1970))
    }
}

extension Problem {
    static func noModel(_ name: String) -> Problem {
        Problem(
            status: .notFound, code: "model_not_found", detail: "There is no model \(name); GET /v1/models lists them.",
            faults: [InvalidValue(path: "model", found: "\"\(name)\"", expected: "a model of /v1/models")])
    }
}
