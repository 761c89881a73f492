import HoneAPI
import HoneCore
import HoneStore

/// Whether the day's caps leave room for work, and can be kept at all.
struct BudgetExamination {
    let connections: Connections

    /// Nothing when Postgres is away or not set: that is another finding.
    func findings() async -> [Finding] {
        do {
            return Self.findings(try await connections.budgets())
        } catch let fault as any TransientFault where fault.isTransient {
            return []
        } catch is CommandFault {
            return []
        } catch {
            return [Finding(.wrong, "budgets", "\(error)", advice: "`hone migrate` brings the tables up to date")]
        }
    }

    static func findings(_ budgets: BudgetsBody) -> [Finding] {
        budgets.items.map(finding) + (budgets.unpricedModels.isEmpty ? [] : [unpriced(budgets)])
    }

    private static func finding(_ item: BudgetBody) -> Finding {
        let subject = item.agentID.map { "budget of agent \($0)" } ?? "budget of the day"
        let used = item.spentUSD + item.reservedUSD
        return Finding(
            used < 0.8 * item.capUSD && item.refused == 0 ? .fine : .doubtful, subject,
            "\(Format.dollars(item.spentUSD)) spent of \(Format.dollars(item.capUSD)), \(item.refused) calls refused",
            advice: "`hone budget set` raises the cap; it begins anew at midnight UTC")
    }

    /// Without a cap a model may do without a price; tasks with a `max_cost` need one all the same.
    private static func unpriced(_ budgets: BudgetsBody) -> Finding {
        let names = budgets.unpricedModels.map(\.rawValue).joined(separator: ", ")
        return Finding(
            budgets.items.isEmpty ? .fine : .doubtful, "models without a price",
            "\(names): not called where a cap applies, nor for tasks with a max_cost",
            advice: "give them cost_per_1k_input and cost_per_1k_output, 0 where they are free")
    }
}
