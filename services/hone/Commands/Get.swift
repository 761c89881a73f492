import ArgumentParser
import HoneAPI
import HoneCore
import HoneStore
import Yams

struct Get: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print resources as they are on record.",
        discussion: "What `-o yaml` prints can be given to `hone apply` again.")

    enum Format: String, ExpressibleByArgument, CaseIterable { case table, yaml, json }

    @Argument(help: "model, agent, template or benchmark.")
    var kind: String

    @Argument(help: "Its id, or a template's category; all when it is left out.")
    var id: String?

    @Option(name: .shortAndLong, help: "table, yaml or json.")
    var output: Format = .table

    @Flag(help: "Short for -o json.")
    var json = false

    func validate() throws {
        guard ResourceKind.forgiving(kind) != nil else {
            throw ValidationError("no kind \(kind): it is one of \(ResourceKind.names)")
        }
    }

    func run() async throws {
        guard let type = ResourceKind.forgiving(kind) else { return }
        let all = try await Connections.standard().withStore { try await Self.stored(type, in: $0) }
        let resources = all.filter { id == nil || $0.name == id }
        guard id == nil || !resources.isEmpty else { throw CommandFault("no \(type.kind) \(id ?? "") is on record") }
        switch json ? .json : output {
        case .table: print(ResourceTable.text(of: resources))
        case .yaml: Terminal.write(try Self.yaml(resources))
        case .json:
            let documents = try resources.map { try $0.document }
            try printJSON(id == nil ? .array(documents) : documents.first ?? .null)
        }
    }

    private static func stored(_ type: any Resource.Type, in store: Store) async throws -> [any Resource] {
        try await type.stored(in: store)
    }

    static func yaml(_ resources: [any Resource]) throws -> String {
        let nodes = try resources.map { Node(try $0.document) }
        return try nodes.map { try serialize(node: $0, width: -1, allowUnicode: true) }.joined(separator: "---\n")
    }
}

/// One row per resource, of those of one kind.
private enum ResourceTable {
    static func text(of resources: [any Resource]) -> String {
        switch resources {
        case let models as [ModelResource]: models.table.text
        case let agents as [AgentResource]: agents.table.text
        case let templates as [TemplateResource]: templates.table.text
        case let suites as [BenchmarkResource]: suites.table.text
        default: "none"
        }
    }
}

extension [ModelResource] {
    fileprivate var table: Table {
        let rows = map { [$0.name, $0.provider.rawValue, $0.model, $0.baseURL ?? "–", "\($0.concurrency)"] }
        return Table(
            .text("id"), .text("provider"), .text("model"), .text("base url"), .number("concurrency"), rows: rows)
    }
}

extension [AgentResource] {
    fileprivate var table: Table {
        let rows = map { agent in
            [
                agent.name, agent.nickname, agent.type.rawValue, agent.lifecycle?.rawValue ?? "–",
                agent.model?.rawValue ?? "–", agent.specialization.map(\.rawValue).joined(separator: ","),
                "\(agent.capacity)",
            ]
        }
        return Table(
            .text("id"), .text("nickname"), .text("type"), .text("lifecycle"), .text("model"), .text("categories"),
            .number("capacity"), rows: rows)
    }
}

extension [TemplateResource] {
    fileprivate var table: Table {
        let rows = map { resource in
            let agents = resource.template.recommendedAgents.map(\.rawValue).joined(separator: ",")
            return [resource.name, agents, resource.template.description]
        }
        return Table(.text("category"), .text("recommended"), .text("description"), rows: rows)
    }
}

extension [BenchmarkResource] {
    fileprivate var table: Table {
        let rows = map { suite in
            let count = if case .listed(let cases) = suite.cases { cases.count } else { 0 }
            return [suite.name, suite.category.rawValue, "\(count)", suite.description]
        }
        return Table(.text("id"), .text("category"), .number("cases"), .text("description"), rows: rows)
    }
}
