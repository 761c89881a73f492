import HoneEvolution
import ScriptedModel

/// Landscapes as models. A task is the text `Case ID.`; who passes it answers `solved ID`, who fails it something else. The
/// system text is the prompt.
///
/// The reflection model is the same for whoever asks: it finds the prompt and the failed cases in the question, in Hone's
/// form or in that of the package `gepa`, and answers in that form. A question that is asked again gets another answer, as
/// it would at temperature 1.
actor ServedLandscapes {
    private var asked: [String: Int] = [:]

    func reply(to request: ScriptedRequest) -> ScriptedReply? {
        let name = request.model.split(separator: "-")
        guard name.count == 2, let seed = UInt64(name[1]) else { return .status(404) }
        let landscape = Landscape(seed: seed)
        return switch name[0] {
        case "landscape": .text(answer(request, landscape))
        case "reflection": reflect(request, landscape).map { .text($0) } ?? .status(400)
        default: .status(404)
        }
    }

    private func answer(_ request: ScriptedRequest, _ landscape: Landscape) -> String {
        guard let id = ReflectedQuestion.cases(in: request.lastUserText).first else { return "What case?" }
        return landscape.passes(request.systemText, id) ? "solved \(id)" : "I do not know."
    }

    private func reflect(_ request: ScriptedRequest, _ landscape: Landscape) -> String? {
        guard let question = ReflectedQuestion(request.lastUserText) else { return nil }
        let key = ([request.model, question.prompt] + question.failed).joined(separator: "\n")
        defer { asked[key, default: 0] += 1 }
        let edited = LandscapeReflection(landscape)
            .edit(question.prompt, failed: question.failed, turn: asked[key] ?? 0)
        return question.answer(edited)
    }
}
