/// What every service was told to look at anew.
public struct SyncBody: Codable, Sendable {
    public var agents: Int
    public var prompts: Int

    public init(agents: Int, prompts: Int) {
        self.agents = agents
        self.prompts = prompts
    }
}
