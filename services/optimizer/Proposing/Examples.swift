import HoneCore
import HoneEvolution
import HoneModels
import HoneStore

extension RunPlan {
    /// Train cases whose answer can be shown, each as today's prompt would put it to the model.
    func examples(_ renderer: PromptRenderer) -> [Example] {
        cases.filter { $0.split == .train }.compactMap { item in
            guard let answer = item.expected?.shownAnswer,
                let turn = try? renderer.messages(for: baseline.prompt.template, input: item.input).last
            else { return nil }
            return Example(caseID: item.id, input: turn.text, answer: answer)
        }
    }
}

extension RunPlan {
    /// What prompts may show: train cases' texts, raw and as they are put to the model, and their answers.
    func shownTexts(_ renderer: PromptRenderer) -> Set<String> {
        let raw = cases.filter { $0.split == .train }.compactMap(\.input.string)
        return Set(raw + examples(renderer).flatMap { [$0.input, $0.answer] })
    }
}

extension Expectation {
    /// An answer that passes, where the expectation names one.
    var shownAnswer: String? {
        switch self {
        case .choice(let label): label
        case .equals(.string(let text)): text
        case .equals(let value): (try? WireFormat.encode(value)).map { String(decoding: $0, as: UTF8.self) }
        case .contains(let texts): texts.isEmpty ? nil : texts.joined(separator: " ")
        case .number(let value, _): value == value.rounded() && abs(value) < 1e15 ? "\(Int64(value))" : "\(value)"
        case .regex, .jsonSchema: nil
        }
    }
}
