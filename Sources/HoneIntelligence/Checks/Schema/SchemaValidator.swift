import HoneCore

/// One validation of one value: collects what does not fit, up to a limit.
struct SchemaValidator {
    /// References that lead in circles without descending into the value end here.
    static let deepest = 128
    /// Schemas tried in one validation; a hostile one could ask for exponentially many.
    static let mostSteps = 100_000

    let schema: JSONSchema
    let limit: Int
    private(set) var violations: [InvalidValue] = []
    private var depth = 0
    private var steps = 0

    init(schema: JSONSchema, limit: Int) {
        self.schema = schema
        self.limit = limit
    }

    mutating func check(_ value: JSONValue, against schema: JSONValue, at path: String) {
        guard violations.count < limit else { return }
        if schema.bool == false { return report("nothing", value, at: path) }
        guard let keywords = schema.object else { return }
        steps += 1
        guard depth < Self.deepest, steps < Self.mostSteps else {
            return report("a schema that can be checked in reasonable time", value, at: path)
        }
        depth += 1
        defer { depth -= 1 }
        checkReference(value, keywords, at: path)
        checkKind(value, keywords, at: path)
        checkComposition(value, keywords, at: path)
        switch value {
        case .integer, .number: checkNumber(value, keywords, at: path)
        case .string(let text): checkString(text, keywords, at: path)
        case .array(let elements): checkArray(elements, keywords, at: path)
        case .object(let members): checkObject(members, keywords, at: path)
        case .null, .bool: break
        }
    }

    /// Whether `value` fits `schema`, without reporting anything.
    mutating func fits(_ value: JSONValue, _ schema: JSONValue) -> Bool {
        var trial = SchemaValidator(schema: self.schema, limit: 1)
        (trial.depth, trial.steps) = (depth, steps)
        trial.check(value, against: schema, at: "")
        steps = trial.steps
        return trial.violations.isEmpty
    }

    /// How many of `options` the value fits.
    mutating func fitting(_ value: JSONValue, _ options: [JSONValue]) -> Int {
        var count = 0
        for option in options where fits(value, option) { count += 1 }
        return count
    }

    mutating func report(_ expected: String, _ value: JSONValue, at path: String) {
        report(expected, found: InvalidValue.summary(of: value), at: path)
    }

    mutating func report(_ expected: String, found: String, at path: String) {
        guard violations.count < limit else { return }
        violations.append(InvalidValue(path: path, found: found, expected: expected))
    }

    private mutating func checkReference(_ value: JSONValue, _ keywords: [String: JSONValue], at path: String) {
        guard let reference = keywords["$ref"]?.string else { return }
        if let target = JSONSchema.resolve(reference, in: schema.root) { check(value, against: target, at: path) }
    }

    private mutating func checkKind(_ value: JSONValue, _ keywords: [String: JSONValue], at path: String) {
        if let type = keywords["type"] {
            let names = (type.array ?? [type]).compactMap(\.string)
            if !names.contains(where: value.isOfType) { report(names.joined(separator: " or "), value, at: path) }
        }
        if let options = keywords["enum"]?.array, !options.contains(where: value.isSameJSON) {
            let shown = options.prefix(8).map(InvalidValue.summary).joined(separator: ", ")
            report("one of \(shown)", value, at: path)
        }
        if let constant = keywords["const"], !value.isSameJSON(as: constant) {
            report(InvalidValue.summary(of: constant), value, at: path)
        }
    }
}

extension JSONValue {
    fileprivate func isOfType(_ name: String) -> Bool {
        switch (name, self) {
        case ("number", .integer), ("number", .number): true
        case ("integer", .number(let number)): number == number.rounded(.towardZero)
        default: kind == name
        }
    }
}
