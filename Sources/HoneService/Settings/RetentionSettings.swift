/// How long what grows without end is kept; nil: for good. Money is: what every budget stands at is the sum of its ledger.
public struct RetentionSettings: Sendable, Hashable {
    /// Days that a recorded model call is kept, and what else its run took from outside.
    public var recordingDays: Int?
    /// Days that a line of a log is kept on record.
    public var logDays: Int?

    init(_ reader: inout SettingsReader) {
        recordingDays = Self.days("HONE_RECORDING_RETENTION_DAYS", &reader)
        logDays = Self.days("HONE_LOG_RETENTION_DAYS", &reader)
    }

    private static func days(_ name: String, _ reader: inout SettingsReader) -> Int? {
        reader.value(name, expected: "a whole number from 1 to 36500") {
            Int($0).flatMap { (1...36_500).contains($0) ? $0 : nil }
        }
    }
}
