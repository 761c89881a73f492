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
            let board = try await LeaderboardView.load(view(query), in: filter(query), from: backend.store)
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

    private func filter(_ query: Query) throws -> PeriodFilter {
        let filter = PeriodFilter(
            from: try query.moment("from"), to: try query.moment("to", .end),
            model: try query.name("model", of: ModelID.self))
        try Period.check(from: filter.from, to: filter.to)
        return filter
    }

    private static func response(csv text: String) -> Response {
        let headers: HTTPFields = [
            .contentType: "text/csv; charset=utf-8",
            .contentDisposition: "attachment; filename=\"leaderboard.csv\"",
        ]
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
