import NIOCore
import Synchronization

/// The way to the sockets of one event loop from anywhere. Events that come while the loop is busy wait together: one
/// hop for all of them, however many sockets follow.
final class Shard: Sendable {
    private struct Inbox {
        var events: [LiveEvent] = []
        var isOnItsWay = false
    }

    let loop: any EventLoop
    private let inbox = Mutex(Inbox())
    private let subscribers: NIOLoopBound<Subscribers>
    private let clock: NIOLoopBoundBox<RepeatedTask?>

    /// Must be called on the loop.
    init(on loop: any EventLoop, _ places: Places) {
        self.loop = loop
        subscribers = NIOLoopBound(Subscribers(on: loop, places), eventLoop: loop)
        clock = NIOLoopBoundBox(nil, eventLoop: loop)
    }

    /// Only on the loop.
    var local: Subscribers { subscribers.value }

    func post(_ event: LiveEvent) {
        let isFirst = inbox.withLock { inbox in
            inbox.events.append(event)
            defer { inbox.isOnItsWay = true }
            return !inbox.isOnItsWay
        }
        if isFirst { loop.execute { self.subscribers.value.deliver(self.empty()) } }
    }

    private func empty() -> [LiveEvent] {
        inbox.withLock { inbox in
            defer { inbox = Inbox() }
            return inbox.events
        }
    }

    func abandon(_ feed: LiveFeed) {
        loop.execute { self.subscribers.value.abandon(feed) }
    }

    func close(_ code: CloseCode, of callers: Set<String>) {
        loop.execute { self.subscribers.value.close(code, of: callers) }
    }

    func startClock(every pause: TimeAmount) {
        loop.execute {
            self.clock.value = self.loop.scheduleRepeatedTask(initialDelay: pause, delay: pause) { _ in
                self.subscribers.value.tick(at: .now())
            }
        }
    }

    func stopClock() {
        loop.execute { self.clock.value?.cancel() }
    }
}
