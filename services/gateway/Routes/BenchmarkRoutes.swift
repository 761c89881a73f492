import Foundation
import HTTPTypes
import HoneAPI
import HoneCore
import HoneStore
import Hummingbird

/// Work with known answers.
struct BenchmarkRoutes: RouteArea {
    let backend: Backend

    func add(to router: Router<GatewayContext>) {
        router.on(.get, "/api/benchmarks", for: .viewer) { request, _ in try await list(request) }
        router.on(.post, "/api/benchmarks", for: .operator) { try await put($0, $1) }
        router.on(.get, "/api/benchmarks/:suite", for: .viewer) { try await show($0, $1) }
    }

    private var suites: Benchmarks { backend.store.benchmarks }

    private func list(_ request: Request) async throws -> Answer<Page<BenchmarkSummaryBody>> {
        let query = Query(request)
        let limit = try query.limit()
        let found = try await suites.list(after: query.cursor(String.self), limit: limit + 1)
        return Answer(try Page(found, limit: limit, place: \.id, item: BenchmarkSummaryBody.init))
    }

    /// The right answers of holdout cases are for admins alone.
    private func show(_ request: Request, _ context: GatewayContext) async throws -> Answer<BenchmarkBody> {
        let id = try context.text("suite", of: "such benchmark")
        guard let suite = try await suites.load(id) else { throw Problem.notFound("benchmark \(id)") }
        let query = Query(request)
        let limit = try query.limit()
        let cases = try await suites.cases(
            of: id, in: query.word("split", BenchmarkSplit.self), after: query.cursor(String.self), limit: limit + 1)
        let opensSeals = context.caller.map { $0.role >= .admin } ?? false
        let page = try Page(cases, limit: limit, place: \.id) { CaseBody($0, opensSeals: opensSeals) }
        return Answer(BenchmarkBody(suite, counts: try await suites.counts(of: id), page: page))
    }

    /// Makes the suite equal to what is sent. 201 when it is new, else 200.
    private func put(_ request: Request, _ context: GatewayContext) async throws -> Answer<BenchmarkSummaryBody> {
        let resource = try await benchmark(request)
        let (suite, isNew) = try await resource.put(in: backend.store, by: context.actor)
        return Answer(
            suite, status: isNew ? .created : .ok,
            headers: [.location: "/api/benchmarks/\(resource.id.replacing("/", with: "%2F"))"])
    }

    private func benchmark(_ request: Request) async throws -> BenchmarkResource {
        guard request.isJSONLines else {
            let resource = try await request.declared(BenchmarkResource.self)
            guard case .listed = resource.cases else {
                throw InvalidValue(path: "cases", found: "a text", expected: "a list of cases")
            }
            try resource.validate()
            return resource
        }
        let query = Query(request)
        guard let id = try query.name("id", of: Name<Benchmarks>.self) else { throw InvalidValue.missing("id") }
        guard let category = try query.name("category", of: HoneCore.Category.self) else {
            throw InvalidValue.missing("category")
        }
        return BenchmarkResource(
            id: id.rawValue, category: category, description: query.text("description") ?? "",
            cases: try await request.caseLines())
    }
}

extension Request {
    /// JSON lines, by any of the names that are in use for them.
    fileprivate var isJSONLines: Bool {
        let media = headers[.contentType]?.split(separator: ";").first?.trimmingCharacters(in: .whitespaces)
        return ["application/jsonl", "application/x-jsonl", "application/x-ndjson", "application/ndjson"].contains(
            media?.lowercased() ?? "")
    }

    /// Every line that does not fit is named, as `line 3: expected…`.
    fileprivate func caseLines() async throws -> [CaseResource] {
        guard let text = String(validating: try await wholeBody().readableBytesView, as: UTF8.self) else {
            throw Problem.malformed("The body is not UTF-8.")
        }
        do throws(CaseLines.Faults) {
            return try CaseLines.cases(in: text)
        } catch {
            throw Problem.invalid(error.list.prefix(100).map(\.named))
        }
    }
}

extension CaseLines.Fault {
    /// The fault with its line before the field.
    fileprivate var named: InvalidValue {
        var named = fault
        named.path = fault.path.isEmpty ? "line \(line)" : "line \(line): \(fault.path)"
        return named
    }
}

extension InvalidValue {
    static func missing(_ parameter: String) -> InvalidValue {
        InvalidValue(path: parameter, found: "nothing", expected: "a value (required)")
    }
}
