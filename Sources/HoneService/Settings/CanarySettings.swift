/// How prompts come into production, and when by themselves.
public struct CanarySettings: Sendable, Hashable {
    /// Of the agent's tasks that an approved prompt gets first; 1 is at once.
    public var share: Double
    /// How long a canary is looked at before it gets all tasks.
    public var period: Duration
    /// How many tasks of its own it must have done by then.
    public var fewestTasks: Int
    /// Whether it then gets them without anybody's word.
    public var isAutomatic: Bool
    /// How long a prompt in production is compared with the one before it.
    public var watchPeriod: Duration

    private enum Switch: String, CaseIterable { case on, off }

    init(_ reader: inout SettingsReader) {
        share = reader.required("HONE_CANARY_SHARE", expected: "a number above 0 and up to 1", placeholder: 1) {
            Double($0).flatMap { $0 > 0 && $0 <= 1 ? $0 : nil }
        }
        period = reader.duration("HONE_CANARY_PERIOD")
        fewestTasks = reader.int("HONE_CANARY_TASKS", 1...20_000)
        isAutomatic = reader.oneOf("HONE_CANARY_PROMOTE", Switch.self) != .off
        watchPeriod = reader.duration("HONE_WATCH_PERIOD")
    }
}
