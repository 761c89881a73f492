import Foundation
import HTTPTypes
import HoneAPI
import HoneCore
import HoneStore
import Hummingbird

/// Who is best at what.
struct LeaderboardRoutes: RouteArea {
    let backend: Backend

    func add(to router: Router<GatewayContext>) {
        router.on(.get, "/api/agents/leaderboard", for: .viewer) { request, context in
            let query = Query(request)
            let board = LeaderboardView(try await standings(query), view: try view(query))
            let format = try query.word("format", Format.self) ?? .json
            return try format == .json
                ? Answer(board.body).response(from: request, context: context) : Self.response(csv: board.csv)
        }
    }

    private enum Format: String, CaseIterable { case json, csv }

    /// `overall`, `cost`, or any category: one that nobody has worked in has an empty board.
    private func view(_ query: Query) throws -> String {
        try query.name("view", of: HoneCore.Category.self)?.rawValue ?? "overall"
    }

    /// As published; where a period or a model is asked for, as it would be if there had been nothing else.
    private func standings(_ query: Query) async throws -> [Standing] {
        let filter = PeriodFilter(
            from: try query.moment("from"), to: try query.moment("to", .end),
            model: try query.name("model", of: ModelID.self))
        try Period.check(from: filter.from, to: filter.to)
        guard filter != PeriodFilter() else { return try await backend.store.statistics.standings() }
        return try await backend.store.statistics.standings(in: filter, at: Date())
    }

    private static func response(csv text: String) -> Response {
        let headers: HTTPFields = [
            .contentType: "text/csv; charset=utf-8",
            .contentDisposition: "attachment; filename=\"leaderboard.csv\"",
        ]
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
