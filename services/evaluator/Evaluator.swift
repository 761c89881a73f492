import HoneService

/// Scores finished work: by its check where the task says how, by a judging model elsewhere.
@main
enum Evaluator: ServiceDefinition {
    static let name = "evaluator"
    static let summary = "Scores finished work by checks and by a judging model."

    static func assemble(_ assembly: inout ServiceAssembly) async throws {
        let directory = try await assembly.directory()
        let efforts = try await assembly.efforts()
        let desk = ScoringDesk(
            store: assembly.store, directory: directory, efforts: efforts,
            circumstances: try await assembly.circumstances(.effort))
        let judge = Judge(
            directory: directory, model: assembly.settings.judgeModel, form: assembly.settings.assessmentForm)
        let sampling = JudgeSampling(rate: assembly.settings.judgeSampleRate)
        let metrics = ScoreMetrics()
        assembly.run(
            LateJudgements(store: assembly.store, publisher: assembly.transport, logger: assembly.logger))
        try assembly.handle(
            ScoreTasks(desk: desk, sampling: sampling, metrics: metrics, progress: assembly.progress))
        try assembly.handle(
            JudgeTask(desk: desk, judge: judge, sampling: sampling, metrics: metrics, progress: assembly.progress))
    }
}
