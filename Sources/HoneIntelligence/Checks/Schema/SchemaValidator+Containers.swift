import HoneCore

extension SchemaValidator {
    mutating func checkArray(_ elements: [JSONValue], _ keywords: [String: JSONValue], at path: String) {
        checkCount(elements.count, keywords, ("minItems", "maxItems"), "elements", at: path)
        if keywords["uniqueItems"]?.bool == true, Set(elements.map(\.normalized)).count < elements.count {
            report("elements that all differ", found: "a repetition", at: path)
        }
        checkContains(elements, keywords, at: path)
        let prefix = keywords["prefixItems"]?.array ?? []
        for (index, element) in elements.enumerated() {
            guard violations.count < limit else { return }
            guard let schema = prefix.indices.contains(index) ? prefix[index] : keywords["items"] else { return }
            check(element, against: schema, at: "\(path)[\(index)]")
        }
    }

    mutating func checkObject(_ members: [String: JSONValue], _ keywords: [String: JSONValue], at path: String) {
        checkCount(members.count, keywords, ("minProperties", "maxProperties"), "members", at: path)
        checkRequired(members, keywords["required"]?.array ?? [], at: path)
        for (name, needed) in keywords["dependentRequired"]?.object ?? [:] where members[name] != nil {
            checkRequired(members, needed.array ?? [], at: path)
        }
        for (name, value) in members.sorted(by: { $0.key < $1.key }) {
            guard violations.count < limit else { return }
            checkMember(name, value, keywords, at: path.isEmpty ? name : "\(path).\(name)")
        }
    }

    private mutating func checkMember(
        _ name: String, _ value: JSONValue, _ keywords: [String: JSONValue], at path: String
    ) {
        if let names = keywords["propertyNames"], !fits(.string(name), names) {
            report("an allowed name", .string(name), at: path)
        }
        var isKnown = false
        if let schema = keywords["properties"]?[name] {
            isKnown = true
            check(value, against: schema, at: path)
        }
        for (source, schema) in keywords["patternProperties"]?.object ?? [:]
        where self.schema.patterns[source]?.matches(name) == true {
            isKnown = true
            check(value, against: schema, at: path)
        }
        if !isKnown, let schema = keywords["additionalProperties"] { check(value, against: schema, at: path) }
    }

    private mutating func checkRequired(_ members: [String: JSONValue], _ names: [JSONValue], at path: String) {
        for name in names.compactMap(\.string) where members[name] == nil {
            report("a value (required)", found: "nothing", at: path.isEmpty ? name : "\(path).\(name)")
        }
    }

    private mutating func checkContains(_ elements: [JSONValue], _ keywords: [String: JSONValue], at path: String) {
        guard let wanted = keywords["contains"] else { return }
        var count = 0
        for element in elements where fits(element, wanted) { count += 1 }
        let least = keywords["minContains"]?.int ?? 1
        if count < least || count > keywords["maxContains"]?.int ?? .max {
            report("another number of matching elements", found: "\(count) of them", at: path)
        }
    }

    private mutating func checkCount(
        _ count: Int, _ keywords: [String: JSONValue], _ bounds: (String, String), _ noun: String, at path: String
    ) {
        if let least = keywords[bounds.0]?.int, count < least {
            report("at least \(least) \(noun)", found: "\(count)", at: path)
        }
        if let most = keywords[bounds.1]?.int, count > most {
            report("at most \(most) \(noun)", found: "\(count)", at: path)
        }
    }
}
