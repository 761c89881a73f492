import ArgumentParser
import HoneAPI
import HoneCore
import HoneIntelligence
import HoneModels
import HoneService
import HoneStore

struct JudgesMeasure: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "measure", abstract: "Show a judge right and wrong answers, and see whether it can tell.",
        discussion: """
            Takes benchmark cases whose answer is a label, never sealed ones. The model is asked as the evaluator asks it, \
            within the caps of the day; but for what that costs nothing is put on record.
            """)

    @Option(help: "The judge's id; without it the one that the evaluator would ask.") var model: String?
    @Option(help: "Suites; all when there is none.") var suite: [String] = []
    @Option(help: "Cases of each suite; each is shown with a right and a wrong answer.") var cases = 20
    @Option(
        help: "reasoned or forced; HONE_JUDGE_FORM without it.",
        transform: { text in
            guard let form = AssessmentForm(rawValue: text) else {
                throw ValidationError("--form is reasoned or forced")
            }
            return form
        })
    var form: AssessmentForm?
    @Option(help: "Questions at once.") var atOnce = 4

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...10_000).contains(cases) else { throw ValidationError("--cases is 1 to 10000") }
        guard (1...64).contains(atOnce) else { throw ValidationError("--at-once is 1 to 64") }
    }

    func run() async throws {
        let connections = try await Connections.standard()
        try await connections.withStore { store in
            let gold = try await works(in: store)
            guard !gold.isEmpty else { throw CommandFault("no suite here has cases whose answers are labels") }
            let (models, templates) = (try await store.models.all(), try await store.templates.all())
            let judge = try judge(models, connections.source)
            try await connections.withCatalog(of: models, paidFrom: store) { catalog in
                let examination = JudgeExamination(
                    catalog: catalog, model: judge, form: chosenForm(connections.source),
                    templates: Dictionary(templates.map { ($0.category, $0) }) { first, _ in first })
                try show(try await examination.findings(on: gold, atOnce: atOnce), examination)
            }
        }
    }

    private func works(in store: Store) async throws -> [GoldWork] {
        let suites = try await store.benchmarks.all().filter { suite.isEmpty || suite.contains($0.id) }
        if let missing = suite.first(where: { name in !suites.contains { $0.id == name } }) {
            throw CommandFault("no benchmark \(missing) is on record")
        }
        var works: [GoldWork] = []
        for suite in suites {
            works += GoldWork.works(of: suite, try await store.benchmarks.cases(of: suite.id), limit: cases)
        }
        return works
    }

    private func judge(_ models: [ApprovedModel], _ source: SettingsSource) throws -> ModelID {
        let wanted = (model ?? source.text("HONE_JUDGE_MODEL")).flatMap { ModelID($0) }
        let chosen = JudgeChoice.model(preferred: wanted, author: nil, approved: models.sorted { $0.id < $1.id })
        guard let chosen else { throw CommandFault("no model but echo is approved, and that has no opinion") }
        guard model == nil || chosen == wanted else { throw CommandFault("no approved model \(model ?? "")") }
        return chosen
    }

    private func chosenForm(_ source: SettingsSource) -> AssessmentForm {
        form ?? source.text("HONE_JUDGE_FORM").flatMap(AssessmentForm.init) ?? .reasoned
    }

    private func show(_ findings: [JudgeExamination.Finding], _ examination: JudgeExamination) throws {
        let all = JudgeMark(findings)
        let suites = Dictionary(grouping: findings, by: \.work.suite).mapValues { JudgeMark($0) }
        let marks = suites.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } + [("together", all)]
        let rows = marks.map { name, mark in
            [
                name, "\(mark.works)", "\(mark.unknown)", Format.decimals(mark.preference, 3),
                Format.decimals(mark.agreement.kappa.agreement, 3), Format.decimals(mark.agreement.kappa.value, 3),
                Format.decimals(mark.agreement.spearman.value, 3), Format.decimals(mark.agreement.bias, 3),
            ]
        }
        let table = Table(
            .text("suite"), .number("works"), .number("unknown"), .number("prefers right"), .number("agrees"),
            .number("κ"), .number("ρ"), .number("bias"), rows: rows)
        try output.show(
            [
                "model": .string(examination.model.rawValue), "form": .string(examination.form.rawValue),
                "suites": .object(try suites.mapValues { try $0.json }), "together": try all.json,
            ], or: "\(examination.model), \(examination.form.rawValue)\n\(table.text)")
    }
}

extension JudgeMark {
    fileprivate var json: JSONValue {
        get throws {
            [
                "works": .integer(Int64(works)), "unknown": .integer(Int64(unknown)),
                "prefers_right": preference.map(JSONValue.number) ?? .null,
                "agreement": try JSONValue(encoding: AgreementBody(agreement)),
            ]
        }
    }
}
