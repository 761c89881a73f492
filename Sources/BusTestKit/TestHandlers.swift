public import HoneBus
public import HoneCore
import Synchronization

/// Retries within milliseconds.
private let impatient = DeliveryPolicy(
    maxDeliveries: 3, backoff: Backoff(first: .milliseconds(10), longest: .milliseconds(20)))

/// A handler made of closures.
public struct EachOf<Input: Message>: MessageHandler {
    public static var delivery: DeliveryPolicy { impatient }

    private let work: @Sendable (Received<Input>) async throws -> Outcome
    private let whenRefused: @Sendable (RefusedMessage) async throws -> [Publication]

    public init(
        _ type: Input.Type, refused: @escaping @Sendable (RefusedMessage) async throws -> [Publication] = { _ in [] },
        _ work: @escaping @Sendable (Received<Input>) async throws -> Outcome
    ) {
        self.work = work
        whenRefused = refused
    }

    public func handle(_ message: Received<Input>, in context: HandlerContext) async throws -> Outcome {
        try await work(message)
    }

    public func refused(_ message: RefusedMessage, in context: HandlerContext) async throws -> [Publication] {
        try await whenRefused(message)
    }
}

/// A batch handler made of a closure.
public struct AllOf<Input: Message>: BatchHandler {
    public static var delivery: DeliveryPolicy { impatient }

    private let work: @Sendable ([Received<Input>]) async throws -> [Outcome]

    public init(_ type: Input.Type, _ work: @escaping @Sendable ([Received<Input>]) async throws -> [Outcome]) {
        self.work = work
    }

    public func handle(_ batch: [Received<Input>], in context: HandlerContext) async throws -> [Outcome] {
        try await work(batch)
    }
}

/// What handlers saw, in order.
public final class Record<Element: Sendable>: Sendable {
    private let elements = Mutex<[Element]>([])

    public init() {}

    public func note(_ element: Element) { elements.withLock { $0.append(element) } }
    public var all: [Element] { elements.withLock { $0 } }
    public var count: Int { elements.withLock { $0.count } }
}

/// A machine that is away until it is told to come back.
public struct Outage: TransientFault {
    public let isTransient = true
    public init() {}
}
