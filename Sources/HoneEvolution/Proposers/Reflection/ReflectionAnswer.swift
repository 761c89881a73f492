import HoneCore

/// What a reflection model answered, read without trust: every variation is a genome that may be tried, or is refused with
/// the reason.
public struct ReflectionAnswer: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        case addSection = "add_section"
        case imperative
        case fewShot = "few_shot"
    }

    /// What went wrong, in the model's words. Data, for people to read.
    public struct Insight: Sendable, Hashable, Codable {
        public let name: String
        public let description: String
    }

    public struct Variation: Sendable, Hashable {
        public let kind: Kind
        public let genome: Genome

        /// What candidates of this kind are marked with.
        public var maker: String { "reflection: \(kind.rawValue)" }
    }

    public let insight: Insight?
    public let variations: [Variation]
    /// One for each variation that cannot be used, or one for the whole answer.
    public let refusals: [ReflectionRefusal]

    /// Never throws: an answer of which nothing can be used has no variations.
    public init(_ text: String, to question: ReflectionQuestion) {
        guard let answer = JSONText.objects(in: text).first(where: { $0["variations"]?.array != nil }) else {
            (insight, variations, refusals) = (nil, [], [.garbage])
            return
        }
        insight = Self.insight(answer["insight"])
        var (read, refused): ([Variation], [ReflectionRefusal]) = ([], [])
        for offer in (answer["variations"]?.array ?? []).prefix(Kind.allCases.count) {
            do throws(ReflectionRefusal) {
                let variation = try Self.variation(offer, of: question)
                guard !read.contains(where: { $0.genome == variation.genome }) else { throw .repeatsAnother }
                read.append(variation)
            } catch { refused.append(error) }
        }
        if read.isEmpty, refused.isEmpty { refused = [.garbage] }
        (variations, refusals) = (read, refused)
    }

    private static func insight(_ answer: JSONValue?) -> Insight? {
        guard let name = answer?["name"]?.string, let description = answer?["description"]?.string,
            !name.isEmpty, !description.isEmpty
        else { return nil }
        return Insight(name: String(name.prefix(80)), description: String(description.prefix(1_000)))
    }

    private static func variation(
        _ offer: JSONValue, of question: ReflectionQuestion
    ) throws(ReflectionRefusal) -> Variation {
        guard let kind = offer["kind"]?.string.flatMap(Kind.init), let system = offer["system"]?.string else {
            throw .garbage
        }
        var child = question.parent
        let instruction = system.trimmed
        if !instruction.isEmpty { child.template.system = instruction }
        if kind == .fewShot { try show(offer["examples"]?.array ?? [], in: &child, of: question) }
        try ReflectionScreen(question).check(child)
        return Variation(kind: kind, genome: child)
    }

    /// The tasks with these numbers become examples; their right answers are known, or were given.
    private static func show(
        _ numbers: [JSONValue], in child: inout Genome, of question: ReflectionQuestion
    ) throws(ReflectionRefusal) {
        for number in numbers.compactMap(\.int) {
            guard question.traces.indices.contains(number - 1) else { throw .unknownTask(number) }
            let trace = question.traces[number - 1]
            guard let answer = trace.expected ?? (trace.score == 1 ? trace.output : nil) else { continue }
            let example = Demonstration(user: trace.input, assistant: answer)
            if !child.template.demonstrations.contains(example) { child.template.demonstrations.append(example) }
        }
        if child.template.demonstrations.count > AddDemonstrations.most { throw .tooLong }
    }
}
