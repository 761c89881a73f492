public import HoneCore

/// Where Celery clients leave their tasks and look for the results.
public struct CelerySettings: Sendable {
    public var queue: String
    public var brokerURL: Secret
    public var resultURL: Secret
    public var resultTTL: Duration

    /// For those who only look: nil when no queue is named. What is wrong with a value is not told here.
    public init?(_ source: SettingsSource) {
        var reader = SettingsReader(source)
        self.init(&reader, broker: source.secret("REDIS_URL") ?? Secret(""))
    }

    /// nil when no queue is named: the bridge is off. Faults are the reader's.
    init?(_ reader: inout SettingsReader, broker: Secret) {
        let lifetime = reader.duration("HONE_CELERY_RESULT_TTL")
        guard let queue = reader.source.text("HONE_CELERY_QUEUE") else { return nil }
        self.queue = queue
        brokerURL = reader.source.secret("HONE_CELERY_BROKER_URL") ?? broker
        resultURL = reader.source.secret("HONE_CELERY_RESULT_URL") ?? brokerURL
        resultTTL = lifetime
    }
}
