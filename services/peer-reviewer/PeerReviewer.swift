import HoneIntelligence
import HoneService

/// Lets other agents review finished work; nobody reviews their own.
@main
enum PeerReviewer: ServiceDefinition {
    static let name = "peer-reviewer"
    static let summary = "Lets other agents review finished work."

    static func assemble(_ assembly: inout ServiceAssembly) async throws {
        let directory = try await assembly.directory()
        try assembly.handle(
            ReviewTask(
                store: assembly.store,
                desk: ReviewDesk(
                    directory: directory, model: assembly.settings.judgeModel, form: assembly.settings.assessmentForm),
                choice: ReviewChoice(
                    sampling: ReviewSampling(rate: assembly.settings.reviewRate),
                    always: assembly.settings.reviewAlways, directory: directory,
                    store: assembly.store)))
    }
}
