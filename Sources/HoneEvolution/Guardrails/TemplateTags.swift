/// The tags of a Jinja-style template, without rendering it.
struct TemplateTags {
    enum Tag: Hashable {
        /// `{{ … }}`
        case value(String)
        /// `{% … %}`, by its words.
        case block([String])
    }

    let all: [Tag]
    /// The same as they are written.
    let marks: [String]

    init(_ text: String) {
        var (tags, marks, rest) = ([Tag](), [String](), Substring(text))
        while let start = rest.firstIndex(of: "{") {
            rest = rest[start...].dropFirst()
            switch rest.first {
            case "{":
                rest = Self.take(rest.dropFirst(), until: "}}") { contents in
                    tags.append(.value(String(contents)))
                    marks.append("{{\(contents)}}")
                }
            case "%":
                rest = Self.take(rest.dropFirst(), until: "%}") { contents in
                    tags.append(.block(contents.split(whereSeparator: \.isWhitespace).map(String.init)))
                    marks.append("{%\(contents)%}")
                }
            case "#": rest = Self.take(rest.dropFirst(), until: "#}") { _ in }
            default: break
            }
        }
        (all, self.marks) = (tags, marks)
    }

    private static func take(
        _ rest: Substring, until end: String, _ found: (Substring) -> Void
    ) -> Substring {
        guard let range = rest.firstRange(of: end) else { return rest }
        found(rest[..<range.lowerBound])
        return rest[range.upperBound...]
    }

    /// What it reads of its input: `input`, `input.text`, …
    var inputs: Set<String> {
        Set(
            all.flatMap { tag in
                switch tag {
                case .value(let contents): Self.paths(in: contents)
                case .block(let words): words.flatMap(Self.paths)
                }
            })
    }

    /// Whole numbers in its tags, signs left out; one that no integer holds is the largest.
    var numbers: [Int] {
        all.flatMap { tag in
            switch tag {
            case .value(let contents): Self.numbers(in: contents)
            case .block(let words): words.flatMap(Self.numbers)
            }
        }
    }

    private static func paths(in text: String) -> [String] {
        text.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == ".") }.map(String.init)
            .filter { $0 == "input" || $0.hasPrefix("input.") }
    }

    private static func numbers(in text: String) -> [Int] {
        text.split { !($0.isLetter || $0.isNumber || $0 == "_") }.filter { $0.allSatisfy(\.isNumber) }
            .map { Int($0) ?? .max }
    }
}
