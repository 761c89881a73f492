import HoneAPI
import HoneCore
import HoneStore

/// A way to make a bundle say something else, and what it must be found by.
struct Tampering {
    let name: String
    let check: BundleCheck
    let place: String
    private let change: (inout LineageBundle) throws -> Void

    init(
        _ name: String, _ check: BundleCheck, _ place: String, _ change: @escaping (inout LineageBundle) throws -> Void
    ) {
        (self.name, self.check, self.place, self.change) = (name, check, place, change)
    }

    func apply(to bundle: inout LineageBundle) throws { try change(&bundle) }

    /// Changes that leave digests as they are.
    static func clumsy(_ family: PromptFamily) -> [Tampering] {
        let (third, gate) = ("prompts/\(PromptFamily.third.id)", "experiments/\(family.gate)")
        return [
            Tampering("words", .digests, third) { try $0.edit(third) { $0.replaced("Judge", by: "Praise") } },
            Tampering("a seed", .digests, third) { try $0.edit(third) { $0.setting(["seed"], to: 9) } },
            Tampering("a result", .digests, gate) {
                try $0.edit(gate) { $0.setting(["rows", "0", "passed"], to: false) }
            },
            Tampering("an entry removed", .digests, gate) { bundle in bundle.entries.removeAll { $0.name == gate } },
            Tampering("an entry added", .digests, "prompts/x") { bundle in
                bundle.entries.append(LineageBundle.Entry(name: "prompts/x", content: [:]))
            },
            Tampering("an entry twice", .digests, "bundle") { bundle in bundle.entries.append(bundle.entries[0]) },
            Tampering("another order", .digests, "manifest") { bundle in bundle.entries.swapAt(1, 2) },
            Tampering("a digest in the manifest", .chain, "ablation") { bundle in
                bundle.manifest[bundle.manifest.count - 1].sha256 = bundle.manifest[0].sha256
            },
            Tampering("a link of the chain", .chain, third) { bundle in
                if let place = bundle.manifest.firstIndex(where: { $0.name == third }) {
                    bundle.manifest[place].chain = bundle.digest
                }
            },
            Tampering("the manifest's last line", .chain, "digest") { bundle in bundle.manifest.removeLast() },
            Tampering("the digest", .chain, "digest") { bundle in bundle.digest = String(bundle.digest.reversed()) },
        ]
    }

    /// Changes after which everything is sealed anew.
    static func careful(_ family: PromptFamily) -> [Tampering] { prompts() + moves() + work(family) + gates(family) }

    private static func prompts() -> [Tampering] {
        let (first, second, third) = (PromptFamily.first.id, PromptFamily.second.id, PromptFamily.third.id)
        let (place, diff) = ("prompts/\(third)", "diffs/\(third)/\(second)")
        return [
            Tampering("words", .ids, place) { try $0.edit(place) { $0.replaced("Judge", by: "Praise") } },
            Tampering("a demonstration", .ids, place) {
                try $0.edit(place) { $0.setting(["template", "demonstrations", "0", "user"], to: "bad") }
            },
            Tampering("a label word", .ids, place) {
                try $0.edit(place) { $0.setting(["template", "labels", "positive"], to: "bad") }
            },
            Tampering("a parameter", .ids, place) {
                try $0.edit(place) { $0.setting(["template", "parameters", "temperature"], to: 1) }
            },
            Tampering("an ancestor removed", .ancestry, "prompts/\(second)") { bundle in
                bundle.entries.removeAll { $0.name == "prompts/\(second)" }
            },
            Tampering("a parent denied", .diffs, "diffs/\(second)/\(first)") {
                try $0.edit("prompts/\(second)") { $0.setting(["parents"], to: []) }
            },
            Tampering("a parent that is its own child", .ancestry, "prompts/\(first)") {
                try $0.edit("prompts/\(first)") {
                    $0.setting(["parents"], to: [["id": .string("\(first)"), "role": "copy"]])
                }
            },
            Tampering("another prompt", .ancestry, place) {
                try $0.edit("bundle") { $0.setting(["prompt_id"], to: .string("\(first)")) }
            },
            Tampering("a diff", .diffs, diff) { try $0.edit(diff) { $0.setting(["hunks"], to: []) } },
            Tampering("a diff's text", .diffs, diff) { try $0.edit(diff) { $0.setting(["unified"], to: "+nothing") } },
            Tampering("a diff removed", .diffs, diff) { bundle in bundle.entries.removeAll { $0.name == diff } },
            Tampering("an entry that cannot be read", .entries, place) {
                try $0.edit(place) { $0.setting(["version"], to: 1) }
            },
            Tampering("an entry of another name", .entries, "prompts/other") { bundle in
                if let index = bundle.entries.firstIndex(where: { $0.name == place }) {
                    bundle.entries[index].name = "prompts/other"
                }
            },
        ]
    }

    private static func moves() -> [Tampering] {
        let (place, prompt) = ("transitions/\(PromptFamily.third.id)", "prompts/\(PromptFamily.third.id)")
        return [
            Tampering("a move left out", .transitions, place) {
                try $0.edit(place) { .array(($0.array ?? []).enumerated().filter { $0.offset != 1 }.map(\.element)) }
            },
            Tampering("an illegal move", .transitions, place) {
                try $0.edit(place) { .array(($0.array ?? []) + [$0.move("production", "draft")]) }
            },
            Tampering("an end elsewhere", .transitions, place) {
                try $0.edit(prompt) { $0.setting(["state"], to: "candidate") }
            },
            Tampering("a move by nobody", .transitions, place) {
                try $0.edit(place) { $0.setting(["3", "actor"], to: "") }
            },
            Tampering("an earlier approval", .transitions, place) {
                try $0.edit(place) { $0.setting(["3", "at"], to: "2001-01-01T00:00:00.000Z") }
            },
            Tampering("moves removed", .transitions, place) { bundle in
                bundle.entries.removeAll { $0.name == place }
            },
        ]
    }

    private static func work(_ family: PromptFamily) -> [Tampering] {
        let (gate, suite) = ("experiments/\(family.gate)", "benchmarks/reviews")
        return [
            Tampering("a case exchanged", .cases, suite) {
                try $0.edit(suite) { $0.setting(["cases", "3", "sha256"], to: "00") }
            },
            Tampering("a suite removed", .cases, gate) { bundle in bundle.entries.removeAll { $0.name == suite } },
            Tampering("a case of elsewhere", .cases, gate) {
                try $0.edit(gate) { $0.setting(["rows", "0", "case_id"], to: "elsewhere") }
            },
            Tampering("a row left out", .results, gate) {
                try $0.edit(gate) { $0.setting(["rows"], to: .array(Array(($0["rows"]?.array ?? []).dropLast()))) }
            },
            Tampering("a search removed", .results, gate) { bundle in
                bundle.entries.removeAll { $0.name.hasPrefix("optimizations/") }
            },
            Tampering("what a part is worth", .ablation, "ablation") {
                try $0.edit("ablation") { $0.setting(["report", "parts", "0", "worth"], to: 0.99) }
            },
            Tampering("what a part scored", .ablation, "ablation") {
                try $0.edit("ablation") { $0.setting(["report", "parts", "0", "scores", "case-120"], to: 0.5) }
            },
            Tampering("an ablation denied", .ablation, "ablation") {
                try $0.edit("ablation") { $0.setting(["report"], to: .null) }
            },
        ]
    }

    private static func gates(_ family: PromptFamily) -> [Tampering] {
        let gate = "experiments/\(family.gate)"
        let changes: [(String, [String], JSONValue)] = [
            ("evidence", ["experiment", "results", "evidence"], 1_000_000),
            ("a verdict", ["experiment", "results", "verdict"], "inconclusive"),
            ("a gain", ["experiment", "results", "gain"], 0.9), ("pairs", ["experiment", "results", "pairs"], 200),
            ("losses", ["experiment", "results", "losses"], ["case-7"]),
            ("cost", ["experiment", "results", "cost", "high"], 0.5), ("α", ["gate", "alpha"], 0.5),
            ("a seed", ["gate", "seed"], 5), ("controls", ["gate", "controls"], []),
            ("cases it drew from", ["gate", "holdout"], ["case-1", "case-2"]),
            ("rules", ["gate", "rules", "step"], 1), ("opening", ["experiment", "results", "opening", "alpha"], 0.5),
            ("reason", ["experiment", "results", "reason"], "it is fine"), ("a record of the gate", ["gate"], .null),
            ("how long a trial took", ["rows", "40", "duration_seconds"], 99),
        ]
        return changes.map { name, path, value in
            Tampering("the gate's \(name)", .gates, gate) { try $0.edit(gate) { $0.setting(path, to: value) } }
        } + [
            Tampering("results flipped for the better", .gates, gate) {
                try $0.edit(gate) { $0.setting(["rows"], to: .array(($0["rows"]?.array ?? []).map(\.passedByChild))) }
            }
        ]
    }
}

extension LineageBundle {
    struct NoSuchEntry: Error { let name: String }

    /// Changes what an entry holds.
    mutating func edit(_ name: String, _ change: (JSONValue) -> JSONValue) throws {
        guard let index = entries.firstIndex(where: { $0.name == name }) else { throw NoSuchEntry(name: name) }
        entries[index].content = change(entries[index].content)
    }
}

extension JSONValue {
    /// With another value at a path of names and places.
    func setting(_ path: [String], to value: JSONValue) -> JSONValue {
        guard let step = path.first else { return value }
        let rest = Array(path.dropFirst())
        switch self {
        case .object(var members):
            members[step] = (members[step] ?? .null).setting(rest, to: value)
            return .object(members)
        case .array(var elements):
            if let place = Int(step), elements.indices.contains(place) {
                elements[place] = elements[place].setting(rest, to: value)
            }
            return .array(elements)
        default: return self
        }
    }

    /// With another word in every text.
    func replaced(_ word: String, by other: String) -> JSONValue {
        switch self {
        case .string(let text): .string(text.replacing(word, with: other))
        case .array(let elements): .array(elements.map { $0.replaced(word, by: other) })
        case .object(let members): .object(members.mapValues { $0.replaced(word, by: other) })
        default: self
        }
    }

    /// Another move after the last of these.
    fileprivate func move(_ from: String, _ to: String) -> JSONValue {
        (array?.last ?? [:]).setting(["from"], to: .string(from)).setting(["to"], to: .string(to))
    }

    /// A row in which the child passed.
    fileprivate var passedByChild: JSONValue {
        guard self["prompt_id"]?.string == "\(PromptFamily.third.id)" else { return setting(["passed"], to: false) }
        return setting(["passed"], to: true)
    }
}
