import ArgumentParser
import Foundation
import HoneAPI
import HoneCore
import HoneService
import HoneStore

struct BudgetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "budget", abstract: "Show and set what a day may cost.",
        subcommands: [BudgetShow.self, BudgetSet.self], defaultSubcommand: BudgetShow.self)
}

struct BudgetShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show today's caps (UTC), and what is reserved, spent and left of them.")

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let body = try await Connections.standard().budgets()
        try output.show(body: body, or: body.text)
    }
}

struct BudgetSet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Set what a day (UTC) may cost; it holds from now on, today included.",
        discussion: """
            Where HONE_DAILY_BUDGET_USD is set too, the lower of the two holds. Services know within two seconds; a call \
            that would pass a cap is not made, and its task ends with cost_cap_exceeded.
            """)

    @Argument(help: ArgumentHelp("Dollars, or none for no cap.", valueName: "dollars"), transform: Amount.init)
    var amount: Amount

    @Option(help: ArgumentHelp("Of this agent alone.", valueName: "id")) var agent: AgentID?

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let connections = try await Connections.standard()
        try await connections.withStore { store in
            try await BudgetRequest(agentID: agent, dailyUSD: amount.dollars).apply(to: store, actor: KeyAudit.actor)
        }
        let body = try await connections.budgets()
        try output.show(body: body, or: body.text)
    }

    /// What must be said, so that nobody takes a cap away by mistake.
    struct Amount {
        /// Nil for `none`.
        let dollars: Double?

        init(_ text: String) throws {
            guard text != "none" else {
                dollars = nil
                return
            }
            guard let amount = Double(text), amount >= 0, amount <= 1e12 else {
                throw ValidationError("\(text): write dollars of at least 0, such as 2.50, or none")
            }
            dollars = amount
        }
    }
}

extension Connections {
    /// The cap of `HONE_DAILY_BUDGET_USD`; nil where there is none.
    var dailyBudget: MicroUSD? {
        source.text("HONE_DAILY_BUDGET_USD").flatMap { Double($0) }.map { MicroUSD(dollars: $0) }
    }

    func budgets() async throws -> BudgetsBody {
        try await withStore { try await BudgetsBody.load(from: $0, setting: dailyBudget, at: Date()) }
    }
}

extension BudgetsBody {
    var text: String {
        var table = Table(
            .text("budget"), .number("cap"), .number("reserved"), .number("spent"), .number("left"),
            .number("refused"))
        for item in items {
            table.add(
                item.agentID.map { "agent \($0)" } ?? "day", Format.dollars(item.capUSD),
                Format.dollars(item.reservedUSD), Format.dollars(item.spentUSD), Format.dollars(item.leftUSD),
                "\(item.refused)")
        }
        return ([summary, table.text(orNothing: "no cap is set: `hone budget set 5` sets one of $5 a day")] + warning)
            .joined(separator: "\n\n")
    }

    /// One line, for the status.
    var summary: String { "spent today (\(day), UTC): \(Format.dollars(spentTodayUSD))" }

    private var warning: [String] {
        guard !unpricedModels.isEmpty else { return [] }
        let names = unpricedModels.map(\.rawValue).joined(separator: ", ")
        return ["without a price, and so not called where a cap applies: \(names)"]
    }
}
