/// A consumer put together wrongly; found at start, by whoever wrote the service.
public enum ConsumerError: Error, Hashable, CustomStringConvertible {
    case duplicateHandler(type: String, topic: String)
    case notAGroup(String, topic: String)
    case alreadyRunning

    public var description: String {
        switch self {
        case .duplicateHandler(let type, let topic): "\(topic) already has a handler; \(type) would be the second"
        case .notAGroup(let group, let topic): "\(group) is not among the groups of \(topic)"
        case .alreadyRunning: "the consumer has been started already"
        }
    }
}
