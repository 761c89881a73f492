import Stencil

/// `{% for x in list %} … {% empty %} … {% endfor %}`, over lists, objects (`key, value`) and ranges, within its allowance.
struct LoopNode: NodeType {
    private enum Source {
        case range(any Resolvable, any Resolvable)
        case value(any Resolvable, name: String)
    }

    let token: Token?
    private let names: [String]
    private let source: Source
    private let condition: (any Expression)?
    private let body: [any NodeType]
    private let empty: [any NodeType]?
    private let allowance: RenderingAllowance

    init(_ parser: TokenParser, _ token: Token, _ allowance: RenderingAllowance) throws {
        let words = token.components
        guard words.count >= 4, words[2] == "in", words.count == 4 || words.count > 5 && words[4] == "where" else {
            throw TemplateSyntaxError(reason: "a loop is `for x in list`, with `where …` or without", token: token)
        }
        self.token = token
        self.allowance = allowance
        names = words[1].split(separator: ",").map { $0.filter { $0 != " " } }
        source = try Self.source(words[3], parser, token)
        condition =
            words.count > 4
            ? try parser.compileExpression(components: Array(words[5...]), token: token) : nil
        body = try parser.parse(until(["endfor", "empty"]))
        guard let end = parser.nextToken() else {
            throw TemplateSyntaxError(reason: "`endfor` was not found.", token: token)
        }
        guard end.components.first == "empty" else {
            empty = nil
            return
        }
        empty = try parser.parse(until(["endfor"]))
        guard parser.nextToken() != nil else {
            throw TemplateSyntaxError(reason: "`endfor` was not found.", token: token)
        }
    }

    private static func source(_ word: String, _ parser: TokenParser, _ token: Token) throws -> Source {
        let ends = word.split(separator: "...", omittingEmptySubsequences: false).map(String.init)
        guard ends.count == 2, !QuotedText.removed(from: word).isEmpty else {
            let name = word.split(separator: "|").first.map(String.init) ?? word
            return .value(try parser.compileFilter(word, containedIn: token), name: name)
        }
        return .range(
            try parser.compileFilter(ends[0], containedIn: token),
            try parser.compileFilter(ends[1], containedIn: token))
    }

    func render(_ context: Context) throws -> String {
        let items = try items(context)
        guard !items.isEmpty else { return try context.push { try renderNodes(empty ?? [], context) } }
        var result = ""
        for (index, item) in items.enumerated() {
            try allowance.take()
            var scope = try scope(of: item)
            scope["forloop"] = [
                "first": index == 0, "last": index == items.count - 1, "counter": index + 1, "counter0": index,
                "length": items.count,
            ]
            let isOver = try context.push(dictionary: scope) {
                result += try allowance.take(renderNodes(body, context))
                return context["_internal_forloop_break"] != nil
            }
            if isOver { break }
        }
        return result
    }

    /// What the loop's names stand for in one round.
    private func scope(of item: Any) throws -> [String: Any] {
        guard names.count > 1 else { return [names.first ?? "_": item] }
        guard let pair = item as? LoopPair, names.count == 2 else {
            throw TemplateSyntaxError("two names fit only the members of an object")
        }
        return [names[0]: pair.key, names[1]: pair.value]
    }
}

// MARK: what there is to go through

extension LoopNode {
    private func items(_ context: Context) throws -> [Any] {
        let all =
            switch source {
            case .range(let from, let to): try range(from, to, context)
            case .value(let value, let name): try items(of: value, name, context)
            }
        guard let condition else { return all }
        return try all.filter { item in
            try allowance.take()
            return try context.push(dictionary: scope(of: item)) { try condition.evaluate(context: context) }
        }
    }

    private func items(of value: any Resolvable, _ name: String, _ context: Context) throws -> [Any] {
        switch try value.resolve(context) {
        case nil where empty == nil:
            try MissingValue.check(name, context)
            return []
        case nil: return []
        case let list as [Any]: return list
        case let object as TemplateObject:
            return object.members.sorted { $0.key < $1.key }.map {
                LoopPair(key: $0.key, value: TemplateInput.value(of: $0.value))
            }
        case let labels as TemplateLabels: return labels.words
        case is DummyInput: return names.count > 1 ? [LoopPair(key: "key", value: DummyInput())] : [DummyInput()]
        case .some: throw TemplateSyntaxError("\(name) is no list")
        }
    }

    private func range(_ from: any Resolvable, _ to: any Resolvable, _ context: Context) throws -> [Any] {
        let (first, last) = (try Self.integer(from.resolve(context)), try Self.integer(to.resolve(context)))
        let (low, high) = (min(first, last), max(first, last))
        let (size, isTooLong) = high.subtractingReportingOverflow(low)
        try allowance.take(steps: isTooLong ? .max : size)
        return first <= last ? Array(low...high) : (low...high).reversed()
    }

    private static func integer(_ value: Any?) throws -> Int {
        switch value {
        case let number as Int: return number
        case let number as Float where Int(exactly: number) != nil: return Int(exactly: number) ?? 0
        case let number as Double where Int(exactly: number) != nil: return Int(exactly: number) ?? 0
        case is DummyInput: return 1
        default: throw TemplateSyntaxError("a range goes from one whole number to another")
        }
    }
}

/// A member of an object in a loop; with one name it is its key.
private struct LoopPair: CustomStringConvertible, DynamicMemberLookup {
    let key: String
    let value: Any

    var description: String { key }

    subscript(dynamicMember member: String) -> Any? {
        switch member {
        case "key": key
        case "value": value
        default: nil
        }
    }
}
