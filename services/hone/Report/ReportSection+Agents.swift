import Charts
import HoneAPI
import HoneCore

extension ReportSection {
    static func totals(_ report: ReportBody) -> ReportSection {
        let (now, before) = (report.totals, report.previous)
        let table = Table(
            .text("figure"), .number("these days"), .number("before"),
            rows: [
                ["tasks", "\(now.tasks)", "\(before.tasks)"],
                ["completed", "\(now.completed)", "\(before.completed)"],
                ["failed", "\(now.failed)", "\(before.failed)"],
                ["mean score", Format.score(now.quality), Format.score(before.quality)],
                ["spent", dollars(now.costUSD), dollars(before.costUSD)],
            ])
        return ReportSection(
            title: "In short",
            note: "Beside as many days before. Spending takes in reviews, judgements and experiments.",
            table: table, nothing: "")
    }

    static func leaderboard(_ report: ReportBody) -> ReportSection {
        var table = Table(
            .number("rank"), .text("band"), .text("move"), .text("agent"), .number("quality"), .text("95 % interval"),
            .number("tasks"), .number("cost"), .number("points"), .number("of attainable"))
        for place in report.leaderboard {
            table.add(
                "\(place.rank)", band(place), move(place), name(place.nickname, place.agentID.rawValue),
                Format.score(place.quality), "\(Format.score(place.qualityLow)) – \(Format.score(place.qualityHigh))",
                "\(place.tasks)", dollars(place.costUSD), "\(place.points)", share(place))
        }
        let chart = RowChart(
            id: "leaderboard", title: "Quality of each agent with its 95 % interval",
            rows: report.leaderboard.map {
                RowChart.Row($0.nickname, $0.quality, interval: $0.qualityLow...$0.qualityHigh)
            },
            unit: .score, top: 1)
        return ReportSection(
            title: "Leaderboard",
            note: """
                At the end of the last day, by quality per task. Agents whose intervals overlap share a band: their order \
                is not certain. Moves are against the day before the first.
                """,
            pictures: report.leaderboard.isEmpty ? [] : [chart.svg], table: table, nothing: "No agent is ranked yet.")
    }

    static func days(_ report: ReportBody) -> ReportSection {
        var table = Table(.text("agent"), .text("day"), .number("tasks"), .number("mean score"), .number("cost"))
        for agent in report.agents {
            for (index, day) in report.days.enumerated() where agent.tasks[index] > 0 {
                table.add(
                    name(agent.nickname, agent.agentID.rawValue), day, "\(agent.tasks[index])",
                    Format.score(agent.quality[index]), dollars(agent.costUSD[index]))
            }
        }
        return ReportSection(
            title: "Day by day", pictures: report.agents.flatMap { charts(of: $0, report.days) }, table: table,
            nothing: "Nothing was done.", isDetail: true)
    }

    private static func charts(of agent: ReportBody.AgentDays, _ days: [String]) -> [String] {
        let days = days.map { String($0.dropFirst(5)) }
        let quality = LineChart(
            id: "quality-\(agent.agentID)", title: "Mean score of \(agent.nickname)", labels: days,
            values: agent.quality, unit: .score, top: 1)
        let cost = LineChart(
            id: "cost-\(agent.agentID)", title: "Cost of \(agent.nickname)", labels: days,
            values: agent.costUSD.map(Optional.some), unit: .dollars)
        return [quality.svg, cost.svg]
    }

    private static func band(_ place: ReportBody.Place) -> String {
        guard let low = place.band.first, let high = place.band.last, low < high else { return "\(place.rank)" }
        return "\(low)–\(high)"
    }

    private static func move(_ place: ReportBody.Place) -> String {
        guard let old = place.previousRank else { return "new" }
        return old == place.rank ? "=" : old > place.rank ? "▲ \(old - place.rank)" : "▼ \(place.rank - old)"
    }

    private static func share(_ place: ReportBody.Place) -> String {
        guard place.attainable > 0 else { return Format.nothing }
        return "\(Int((100 * Double(place.points) / Double(place.attainable)).rounded())) %"
    }

    static func name(_ nickname: String, _ id: String) -> String { nickname == id ? id : "\(nickname) (\(id))" }

    static func dollars(_ amount: Double) -> String { Unit.dollars.text(amount) }
}
