/// What a budget limits.
public enum BudgetScope: String, Codable, CaseIterable, Sendable {
    case task, agent, optimization, session, day
}

/// One budget: of a task, of an agent on a day, of an optimization, of a whole day.
public struct BudgetAccount: Hashable, Sendable {
    public let scope: BudgetScope
    /// A task's or optimization's id, a day (`2026-11-21`), an agent and a day (`remus/2026-11-21`).
    public let id: String

    public init(_ scope: BudgetScope, id: String) {
        self.scope = scope
        self.id = id
    }

    /// Of everything on a day, in UTC: `2026-11-21`.
    public static func day(_ day: String) -> BudgetAccount { BudgetAccount(.day, id: day) }

    /// Of what an agent does on a day, in UTC.
    public static func agent(_ agent: AgentID, on day: String) -> BudgetAccount {
        BudgetAccount(.agent, id: "\(agent)/\(day)")
    }

    public static func task(_ task: TaskID) -> BudgetAccount { BudgetAccount(.task, id: "\(task)") }

    public static func optimization(_ optimization: OptimizationID) -> BudgetAccount {
        BudgetAccount(.optimization, id: "\(optimization)")
    }

    /// The day that it is for; nil where it is not of a day. A name of an agent may hold slashes, a day none.
    public var day: String? {
        switch scope {
        case .day: id
        case .agent: id.split(separator: "/").last.map(String.init)
        case .task, .optimization, .session: nil
        }
    }

    /// Whose it is, without the day; nil for the budget of a whole day.
    public var subject: String? {
        switch scope {
        case .day: nil
        case .agent: id.lastIndex(of: "/").map { String(id[..<$0]) }
        case .task, .optimization, .session: id
        }
    }
}

extension BudgetAccount: CustomStringConvertible {
    public var description: String {
        switch scope {
        case .day: "the budget of \(id) (UTC)"
        case .agent: "the budget of agent \(subject ?? id) on \(day ?? id) (UTC)"
        case .task: "the task's max_cost"
        case .optimization: "the budget of optimization \(id)"
        case .session: "the budget of session \(id)"
        }
    }
}

/// The most that may be spent of one budget.
public struct SpendingCap: Hashable, Sendable {
    public var account: BudgetAccount
    public var limit: MicroUSD

    public init(_ account: BudgetAccount, limit: MicroUSD) {
        self.account = account
        self.limit = limit
    }
}
