import Foundation
import HTTPTypes
import HoneAPI
import HoneCore
import HoneService
import HoneStore
import Hummingbird

/// What a day may cost, and what it has cost.
struct BudgetRoutes: RouteArea {
    let backend: Backend

    func add(to router: Router<GatewayContext>) {
        router.on(.get, "/api/system/budgets", for: .viewer) { _, _ in Answer(try await budgets()) }
        router.on(.put, "/api/system/budgets", for: .operator) { request, context in
            let change = try await request.declared(BudgetRequest.self)
            try await change.apply(to: backend.store, actor: context.actor)
            return Answer(try await budgets())
        }
    }

    private func budgets() async throws -> BudgetsBody {
        try await BudgetsBody.load(from: backend.store, setting: backend.settings.dailyBudget, at: Date())
    }
}
