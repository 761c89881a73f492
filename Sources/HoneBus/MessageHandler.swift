/// Handles one message at a time, many side by side: work that waits, such as a model call.
///
/// Its stored properties are its dependencies. Returning an outcome acknowledges; throwing means "again, by policy".
/// An error that is a `TransientFault` (a database that restarts) is waited out and spends no delivery.
public protocol MessageHandler: Sendable {
    associatedtype Input: Message
    static var delivery: DeliveryPolicy { get }

    func handle(_ message: Received<Input>, in context: HandlerContext) async throws -> Outcome
    /// Called before a message goes to the dead letters; what it returns is published with the dead letter.
    func refused(_ message: RefusedMessage, in context: HandlerContext) async throws -> [Publication]
}

/// Handles many messages at once: work that gains from one transaction for all of them.
///
/// Returns one outcome per message, in the order of `batch`. A throw concerns the whole batch.
public protocol BatchHandler: Sendable {
    associatedtype Input: Message
    static var delivery: DeliveryPolicy { get }

    func handle(_ batch: [Received<Input>], in context: HandlerContext) async throws -> [Outcome]
    /// Called before a message goes to the dead letters; what it returns is published with the dead letter.
    func refused(_ message: RefusedMessage, in context: HandlerContext) async throws -> [Publication]
}

extension MessageHandler {
    public static var delivery: DeliveryPolicy { .standard }
    public func refused(_ message: RefusedMessage, in context: HandlerContext) async throws -> [Publication] { [] }
}

extension BatchHandler {
    public static var delivery: DeliveryPolicy { .standard }
    public func refused(_ message: RefusedMessage, in context: HandlerContext) async throws -> [Publication] { [] }
}
