public import HoneCore
public import HoneStore

/// Labels to put on a prompt, and to take off.
public struct LabelRequest: Codable, Sendable {
    private static let mostAtOnce = 20

    public var add: [String]?
    public var remove: [String]?
    public var reason: String?

    public init(add: [String]? = nil, remove: [String]? = nil, reason: String? = nil) {
        self.add = add
        self.remove = remove
        self.reason = reason
    }

    public func validate() throws(InvalidValue) {
        let (add, remove) = (add ?? [], remove ?? [])
        guard !add.isEmpty || !remove.isEmpty else {
            throw InvalidValue(path: "add", found: "no label", expected: "at least one label in add or remove")
        }
        for (path, labels) in [("add", add), ("remove", remove)] {
            guard labels.count <= Self.mostAtOnce else {
                throw InvalidValue(path: path, found: "\(labels.count)", expected: "at most \(Self.mostAtOnce) labels")
            }
            for (index, label) in labels.enumerated() { try Self.check(label, at: "\(path)[\(index)]") }
        }
    }

    private static func check(_ label: String, at path: String) throws(InvalidValue) {
        guard label.wholeMatch(of: /[a-z0-9][a-z0-9._-]{0,63}/) != nil else {
            throw InvalidValue(
                path: path, found: InvalidValue.summary(of: .string(label)),
                expected: "1 to 64 small letters, digits, ., _ or -")
        }
        guard label != "prod", PromptLifecycle(rawValue: label) == nil else {
            throw InvalidValue(
                path: path, found: "\"\(label)\"", expected: "a label; where a prompt stands is told by its state")
        }
    }

    /// Does it, with its row in the audit log; twice changes nothing more. A label that is in both lists stays.
    public func apply(to id: PromptID, in store: Store, by actor: String) async throws {
        let (added, removed) = (Set(add ?? []).sorted(), Set(remove ?? []).subtracting(add ?? []).sorted())
        try await store.transaction { store in
            let changed = try await store.prompts.label(
                id, adding: added, removing: removed, by: actor, because: reason ?? "")
            guard changed > 0 else { return }
            try await store.audit.record(
                actor: actor, action: "prompt.label", subjectKind: "prompt", subjectID: id.description,
                details: [
                    "added": .array(added.map { .string($0) }), "removed": .array(removed.map { .string($0) }),
                    "reason": .string(reason ?? ""),
                ])
        }
    }
}
