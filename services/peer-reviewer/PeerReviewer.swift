import HoneIntelligence
import HoneService

/// Lets other agents review finished work; nobody reviews their own.
@main
enum PeerReviewer: ServiceDefinition {
    static let name = "peer-reviewer"
    static let summary = "Lets other agents review finished work."
    static let isUnhurried = true

    static func assemble(_ assembly: inout ServiceAssembly) async throws {
        let directory = try await assembly.directory()
        let desk = ReviewDesk(
            directory: directory, model: assembly.settings.judgeModel, form: assembly.settings.assessmentForm)
        let choice = ReviewChoice(
            sampling: ReviewSampling(rate: assembly.settings.reviewRate), always: assembly.settings.reviewAlways,
            desk: desk, store: assembly.store, circumstances: try await assembly.circumstances(.reviewers))
        assembly.run(LateReviews(store: assembly.store, publisher: assembly.transport, logger: assembly.logger))
        try assembly.handle(ReviewTask(store: assembly.store, desk: desk, choice: choice))
    }
}
