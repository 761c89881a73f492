/// One step inside an execution: `render`, `model`, `parse`, `tool:<name>`, `judge`, ….
public struct NodeRecord: Hashable, Sendable, Codable {
    public var name: String
    public var durationSeconds: Double
    public var tokens: Int
    public var success: Bool
    public var error: String?

    public init(name: String, durationSeconds: Double, tokens: Int = 0, success: Bool = true, error: String? = nil) {
        self.name = name
        self.durationSeconds = durationSeconds
        self.tokens = tokens
        self.success = success
        self.error = error
    }

    private enum CodingKeys: String, CodingKey {
        case name, tokens, success, error
        case durationSeconds = "duration_seconds"
    }
}
