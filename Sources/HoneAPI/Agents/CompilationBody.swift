public import HoneCore

/// Whether what an agent is declared to be can be run, and as which steps.
public struct CompilationBody: Codable, Sendable {
    public struct Check: Codable, Sendable {
        public enum Subject: String, Codable, Sendable, CaseIterable { case prompt, model, endpoint, fallback }

        public var subject: Subject
        public var passed: Bool
        public var detail: String

        public init(_ subject: Subject, passed: Bool, _ detail: String) {
            self.subject = subject
            self.passed = passed
            self.detail = detail
        }
    }

    public var agentID: AgentID
    /// Whether every check passed.
    public var compiled: Bool
    public var checks: [Check]
    /// The steps of one run, in order.
    public var pipeline: [String]

    enum CodingKeys: String, CodingKey {
        case compiled, checks, pipeline
        case agentID = "agent_id"
    }

    public init(agentID: AgentID, checks: [Check], pipeline: [String]) {
        self.agentID = agentID
        compiled = checks.allSatisfy(\.passed)
        self.checks = checks
        self.pipeline = compiled ? pipeline : []
    }
}
