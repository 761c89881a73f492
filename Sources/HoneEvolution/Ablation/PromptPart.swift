public import HoneCore

/// A part of a prompt that can be left out to see what it is worth.
public enum PromptPart: Sendable, Hashable, Codable {
    /// Of the system text, counted from 0; paragraphs are parted by blank lines.
    case paragraph(Int)
    case demonstration(Int)
    /// The words for the labels: without them the model is to say the labels.
    case labels
    /// The form that is forced on the answer.
    case answer
}

extension PromptPart: CustomStringConvertible {
    /// `paragraph 2`, counted from 1.
    public var description: String {
        switch self {
        case .paragraph(let index): "paragraph \(index + 1)"
        case .demonstration(let index): "demonstration \(index + 1)"
        case .labels: "labels"
        case .answer: "answer"
        }
    }

    private enum CodingKeys: String, CodingKey { case kind, index }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let index = { try container.decode(Int.self, forKey: .index) }
        switch try container.decode(String.self, forKey: .kind) {
        case "paragraph": self = .paragraph(try index())
        case "demonstration": self = .demonstration(try index())
        case "labels": self = .labels
        case "answer": self = .answer
        default:
            throw DecodingError.dataCorruptedError(
                forKey: .kind, in: container, debugDescription: "one of paragraph, demonstration, labels, answer")
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .paragraph(let index):
            try container.encode("paragraph", forKey: .kind)
            try container.encode(index, forKey: .index)
        case .demonstration(let index):
            try container.encode("demonstration", forKey: .kind)
            try container.encode(index, forKey: .index)
        case .labels: try container.encode("labels", forKey: .kind)
        case .answer: try container.encode("answer", forKey: .kind)
        }
    }
}

extension PromptTemplate {
    /// The prompt with one part left out, for each part that it could do without.
    public var ablations: [(part: PromptPart, text: String, without: PromptTemplate)] {
        let paragraphs = Paragraphs.split(system ?? "")
        var all: [(part: PromptPart, text: String, without: PromptTemplate)] = paragraphs.indices.map { index in
            var template = self
            let rest = paragraphs.indices.filter { $0 != index }.map { paragraphs[$0] }
            template.system = rest.isEmpty ? nil : rest.joined(separator: "\n\n")
            return (.paragraph(index), paragraphs[index], template)
        }
        all += demonstrations.indices.map { index in
            var template = self
            template.demonstrations.remove(at: index)
            let shown = demonstrations[index]
            return (.demonstration(index), "\(shown.user) → \(shown.assistant)", template)
        }
        if let words = LabelWords(self), labels != nil {
            var template = self
            template.labels = nil
            all.append((.labels, words.pairs.map { "\($0.label) → \($0.word)" }.joined(separator: ", "), template))
        }
        if answer != nil {
            var template = self
            template.answer = nil
            all.append((.answer, "the form of the answer", template))
        }
        return all.filter { $0.without.namesWhatItHas }
    }

    /// Whether no text names labels that are not there.
    private var namesWhatItHas: Bool {
        LabelWords(self) != nil || ![system ?? "", user].contains { $0.contains("labels") && $0.contains("{") }
    }
}

/// Text in paragraphs.
enum Paragraphs {
    /// Without the blank lines between them. A block of a template is never cut: what a tag opens stays together with what
    /// closes it.
    static func split(_ text: String) -> [String] {
        var (paragraphs, open) = ([[Substring]](), [Substring]())
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let isBlank = line.allSatisfy(\.isWhitespace)
            if isBlank, depth(of: open) == 0 {
                if !open.isEmpty { paragraphs.append(open) }
                open = []
            } else {
                open.append(line)
            }
        }
        if !open.isEmpty { paragraphs.append(open) }
        return paragraphs.map { $0.joined(separator: "\n") }
    }

    /// How many blocks are open at the end of these lines.
    private static func depth(of lines: [Substring]) -> Int {
        let text = lines.joined(separator: "\n")
        return text.matches(of: /\{%-?\s*(for|if|ifnot|filter)\b/).count
            - text.matches(of: /\{%-?\s*(endfor|endif|endfilter)\b/).count
    }
}
