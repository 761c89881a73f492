/// What a scripted model server does, as data: the first rule that fits a request and is not used up answers it.
public struct Script: Hashable, Sendable, Codable {
    public var rules: [ScriptedRule]
    /// What it answers when no rule fits; by default it echoes the last user message.
    public var otherwise: ScriptedReply

    public init(_ rules: [ScriptedRule] = [], otherwise: ScriptedReply = .echo) {
        self.rules = rules
        self.otherwise = otherwise
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        rules = try container.decodeIfPresent([ScriptedRule].self, forKey: .rules) ?? []
        otherwise = try container.decodeIfPresent(ScriptedReply.self, forKey: .otherwise) ?? .echo
    }

    /// Every request gets this answer.
    public static func always(_ reply: ScriptedReply) -> Script {
        Script(otherwise: reply)
    }

    /// The first `count` requests get `reply`, all later ones `then`.
    public static func first(_ count: Int, _ reply: ScriptedReply, then: ScriptedReply = .echo) -> Script {
        Script([ScriptedRule(reply, times: count)], otherwise: then)
    }
}

/// An answer, when it is given, and how often.
public struct ScriptedRule: Hashable, Sendable, Codable {
    public var when: ScriptedCondition
    /// After so many uses the rule is skipped; nil for no end.
    public var times: Int?
    public var reply: ScriptedReply

    public init(_ reply: ScriptedReply, when: ScriptedCondition = .init(), times: Int? = nil) {
        self.reply = reply
        self.when = when
        self.times = times
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        when = try container.decodeIfPresent(ScriptedCondition.self, forKey: .when) ?? .init()
        times = try container.decodeIfPresent(Int.self, forKey: .times)
        reply = try container.decode(ScriptedReply.self, forKey: .reply)
    }
}

/// Which requests a rule fits; all that is set must hold.
public struct ScriptedCondition: Hashable, Sendable, Codable {
    public var model: String?
    /// The end of the path: `chat/completions`, `messages`, `embeddings`.
    public var path: String?
    /// The last user message contains this text.
    public var contains: String?
    /// The last user message has a match of this regular expression.
    public var matches: String?
    /// The system text contains this text.
    public var system: String?

    public init(
        model: String? = nil, path: String? = nil, contains: String? = nil, matches: String? = nil,
        system: String? = nil
    ) {
        self.model = model
        self.path = path
        self.contains = contains
        self.matches = matches
        self.system = system
    }

    func fits(_ request: ScriptedRequest) -> Bool {
        (model.map { $0 == request.model } ?? true)
            && (path.map { request.path.hasSuffix($0) } ?? true)
            && (contains.map { request.lastUserText.contains($0) } ?? true)
            && (matches.map { request.lastUserText.hasMatch(of: $0) } ?? true)
            && (system.map { request.systemText.contains($0) } ?? true)
    }
}

extension String {
    /// Whether `pattern` matches somewhere, ignoring case; a faulty pattern matches nothing.
    func hasMatch(of pattern: String) -> Bool {
        guard let regex = try? Regex(pattern).ignoresCase() else { return false }
        return contains(regex)
    }
}
