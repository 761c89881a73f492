import Yams

/// The lines of a document's fields and elements.
indirect enum FieldLines: Sendable {
    case leaf(line: Int)
    case fields(line: Int, [String: FieldLines])
    case elements(line: Int, [FieldLines])

    /// The line of a path such as `prompt.demonstrations[2].user`, or of the nearest thing around it that is there.
    func line(of path: String) -> Int {
        var place = self
        for part in path.split(whereSeparator: { ".[]".contains($0) }).map(String.init) {
            switch place {
            case .fields(_, let fields):
                guard let field = fields[part] else { return place.line }
                place = field
            case .elements(_, let elements):
                guard let index = Int(part), elements.indices.contains(index) else { return place.line }
                place = elements[index]
            case .leaf: return place.line
            }
        }
        return place.line
    }

    private var line: Int {
        switch self {
        case .leaf(let line), .fields(let line, _), .elements(let line, _): line
        }
    }

    init(_ root: Node) {
        self.init(root, at: root.mark?.line ?? 1)
    }

    /// A field's line is that of its name.
    private init(_ node: Node, at line: Int) {
        switch node {
        case .mapping(let mapping):
            let fields = mapping.map { pair in
                (pair.key.string ?? "", FieldLines(pair.value, at: pair.key.mark?.line ?? line))
            }
            self = .fields(line: line, Dictionary(fields) { first, _ in first })
        case .sequence(let list):
            self = .elements(line: line, list.map { FieldLines($0, at: $0.mark?.line ?? line) })
        case .scalar, .alias: self = .leaf(line: line)
        }
    }
}
