import HoneCore
import HoneStore

/// What an agent's model calls may cost. Without one in its document the cap stays as it is on record; `hone budget set none`
/// takes it away.
public struct AgentBudget: Codable, Sendable {
    /// In UTC.
    public var dailyUSD: Double

    enum CodingKeys: String, CodingKey {
        case dailyUSD = "daily_usd"
    }

    public init(dailyUSD: Double) {
        self.dailyUSD = dailyUSD
    }

    func validate(at path: String) throws(InvalidValue) {
        guard dailyUSD >= 0, dailyUSD <= 1e12 else {
            throw InvalidValue(path: "\(path).daily_usd", found: "\(dailyUSD)", expected: "dollars of at least 0")
        }
    }

    /// Returns whether that changed anything.
    func apply(to agent: AgentID, in store: Store) async throws -> Bool {
        let limit = MicroUSD(dollars: dailyUSD)
        guard try await !store.budgets.dailyCaps().contains(DailyCap(agentID: agent, limit: limit)) else {
            return false
        }
        try await store.budgets.setDailyCap(of: agent, to: limit)
        return true
    }
}
