import HoneAPI
import HoneCore
import HoneStore
import Hummingbird

/// How far judges and reviewers can be trusted.
struct JudgeRoutes: RouteArea {
    private static let usualDays = 30.0

    let backend: Backend

    func add(to router: Router<GatewayContext>) {
        router.on(.get, "/api/judges", for: .viewer) { request, _ in
            let period = try Period(Query(request), days: Self.usualDays)
            return Answer(JudgeReportBody(try await backend.store.judgeReport(period.from...period.to)))
        }
    }
}
