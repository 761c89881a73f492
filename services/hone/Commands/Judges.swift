import ArgumentParser
import Foundation
import HoneAPI
import HoneCore
import HoneStore

struct Judges: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show how far judges and reviewers can be trusted.",
        subcommands: [JudgesShow.self, JudgesMeasure.self, JudgesSimulate.self], defaultSubcommand: JudgesShow.self)
}

struct JudgesShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Agreement with people and known answers, noise, bias, favours.")

    @Option(help: "How many days to look back.") var days = 30

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...3_650).contains(days) else { throw ValidationError("--days is 1 to 3650") }
    }

    func run() async throws {
        let now = Date()
        let report = try await Connections.standard().withStore {
            try await $0.judgeReport(now.addingTimeInterval(-Double(days) * 86_400)...now)
        }
        let body = JudgeReportBody(report)
        try output.show(body: body, or: JudgeReportText(body: body).text)
    }
}

/// The report as tables.
struct JudgeReportText {
    let body: JudgeReportBody

    var text: String {
        let share = Format.decimals(body.scores.unknownShare.map { 100 * $0 }, 1)
        let head =
            "\(body.scores.total) scores since \(Format.time(body.from)), \(body.scores.unknown) unknown (\(share) %)"
        let parts = [
            ("Judges", judges), ("Reviewers", reviewers), ("Means corrected by people's ratings", corrections),
            ("Pairs that review each other", collusion), ("Models and their own family", preferences),
        ]
        let shown = parts.compactMap { title, table in
            table.rows.isEmpty ? nil : "\(Terminal.bold(title))\n\(table.text)"
        }
        return ([head] + shown).joined(separator: "\n\n")
    }

    private var judges: Table {
        Table(
            .text("model"), .number("scores"), .number("unknown"), .number("twice"), .number("noise"),
            .number("rated"), .number("κ people"), .number("ρ people"), .number("bias"), .number("checked"),
            .number("κ checks"), .number("ρ checks"),
            rows: body.judges.map { judge in
                [
                    judge.model.rawValue, "\(judge.scores)", "\(judge.unknown)", "\(judge.repeated)",
                    Format.score(judge.noise),
                ] + Self.cells(judge.againstHumans, withBias: true) + Self.cells(judge.againstChecks)
            })
    }

    private var reviewers: Table {
        Table(
            .text("reviewer"), .number("reviews"), .number("unknown"), .number("gives"), .number("reliability"),
            .number("rated"), .number("κ people"), .number("ρ people"), .number("bias"), .number("checked"),
            .number("κ checks"), .number("ρ checks"),
            rows: body.reviewers.map { reviewer in
                [
                    reviewer.agentID.rawValue, "\(reviewer.reviews)", "\(reviewer.unknown)",
                    Format.score(reviewer.meanScore), Format.score(reviewer.reliability),
                ] + Self.cells(reviewer.againstHumans, withBias: true) + Self.cells(reviewer.againstChecks)
            })
    }

    private static func cells(_ agreement: AgreementBody, withBias: Bool = false) -> [String] {
        let cells = [
            "\(agreement.count)", ranged(agreement.kappa), ranged(agreement.spearman),
        ]
        return withBias ? cells + [Format.score(agreement.bias)] : cells
    }

    private static func ranged(_ value: AgreementBody.Ranged) -> String {
        guard let low = value.low, let high = value.high else { return Format.decimals(value.value, 2) }
        return "\(Format.decimals(value.value, 2)) (\(Format.decimals(low, 2))…\(Format.decimals(high, 2)))"
    }

    private var corrections: Table {
        Table(
            .text("agent"), .number("judged"), .number("rated"), .number("judge's mean"), .number("judge's bias"),
            .number("corrected"), .number("with checks"), .text("note"),
            rows: body.corrections.map { correction in
                let strange = abs(correction.sampleStrangeness ?? 0) > 2 ? "the rated tasks are no random sample" : ""
                let missing = correction.needed - correction.rated
                return [
                    correction.agentID.rawValue, "\(correction.judged)", "\(correction.rated)",
                    Format.score(correction.judgeMean), Format.score(correction.judgeBias),
                    Self.ranged(correction.corrected), Self.ranged(correction.published),
                    missing > 0 ? "\(missing) ratings short" : strange,
                ]
            })
    }

    private var collusion: Table {
        Table(
            .text("first"), .text("second"), .number("for the second"), .number("for the first"), .text("proven"),
            rows: body.collusion.map { pair in
                [
                    pair.first.rawValue, pair.second.rawValue, Self.ranged(pair.firstForSecond.excess),
                    Self.ranged(pair.secondForFirst.excess), Format.yesNo(pair.proven),
                ]
            })
    }

    private var preferences: Table {
        Table(
            .text("model"), .text("family"), .number("own"), .number("others"), .number("excess"), .text("proven"),
            rows: body.selfPreference.map { preference in
                [
                    preference.model.rawValue, preference.family, "\(preference.favour.count)",
                    "\(preference.favour.others)", Self.ranged(preference.favour.excess),
                    Format.yesNo(preference.proven),
                ]
            })
    }
}
