/// The names of an entry's fields: CloudEvents attributes, and the bus's own, which start with `hone`.
public enum Attribute {
    public static let data = "data"
    public static let id = "id"
    public static let type = "type"
    public static let source = "source"
    public static let time = "time"
    public static let traceparent = "traceparent"

    /// The only group that is meant to read this entry: the one that asked for a retry or whose dead letter is replayed.
    public static let group = "honegroup"
    /// Deliveries spent by earlier entries of the same message.
    public static let deliveries = "honedeliveries"
    /// The entry id under which the message came first; what its identity is made of when it has no `id`.
    public static let firstEntry = "honeentryid"
    /// One line per failed attempt: time, code, reason.
    public static let history = "honehistory"

    public static let deadReason = "dead_reason"
    public static let deadCode = "dead_code"
    public static let deadStream = "dead_stream"
    public static let deadGroup = "dead_group"
    public static let deadEntryID = "dead_entry_id"
    public static let deadDeliveries = "dead_deliveries"
    public static let deadTime = "dead_time"
    public static let deadService = "dead_service"
    /// Which fields were cut to their first part, and how large they were; absent when the letter is whole.
    public static let deadCut = "dead_cut"

    static let dead = [
        deadReason, deadCode, deadStream, deadGroup, deadEntryID, deadDeliveries, deadTime, deadService, deadCut,
    ]
}
