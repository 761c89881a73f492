import Foundation
import Synchronization

/// One libcurl multi handle on one thread. Callers reach it through a mailbox and wake it.
final class TransferLoop: Sendable {
    enum Command: Sendable {
        case add(Transfer)
        case unpause(Transfer)
        case cancel(Transfer)
        /// Takes no more, ends when the last transfer has.
        case finishWhenIdle
        /// Cancels everything and ends.
        case shutDown
    }

    private struct Mailbox {
        var commands: [Command] = []
        var isOpen = true
        var shutdownWaiters: [CheckedContinuation<Void, Never>] = []
    }

    let options: HTTPClientOptions
    private let multi: MultiHandle
    private let mailbox = Mutex(Mailbox())

    init(options: HTTPClientOptions) {
        self.options = options
        multi = MultiHandle(maximumConnectionsPerHost: options.maxConnectionsPerHost ?? 0)
    }

    func start() {
        let thread = Thread { [self] in
            ThreadSignals.blockBrokenPipe()
            LoopThread(of: self, multi: multi).run()
            close()
        }
        thread.name = "http"
        thread.start()
    }

    /// Puts a command into the mailbox. A transfer that comes too late ends as shut down.
    func send(_ command: Command) {
        let accepted = mailbox.withLock { mailbox in
            guard mailbox.isOpen else { return false }
            mailbox.commands.append(command)
            // Under the lock, because the handle is freed once the mailbox is closed.
            multi.wakeUp()
            return true
        }
        if !accepted { refuse(command) }
    }

    func finishWhenIdle() {
        send(.finishWhenIdle)
    }

    func shutDown() async {
        await withCheckedContinuation { continuation in
            let isOpen = mailbox.withLock { mailbox in
                if mailbox.isOpen { mailbox.shutdownWaiters.append(continuation) }
                return mailbox.isOpen
            }
            if isOpen { send(.shutDown) } else { continuation.resume() }
        }
    }

    /// What came in since the last time, for the loop's thread.
    func takeCommands() -> [Command] {
        mailbox.withLock { mailbox in
            defer { mailbox.commands = [] }
            return mailbox.commands
        }
    }

    private func close() {
        let last = mailbox.withLock { mailbox in
            mailbox.isOpen = false
            return mailbox
        }
        multi.free()
        last.commands.forEach(refuse)
        for waiter in last.shutdownWaiters { waiter.resume() }
    }

    private func refuse(_ command: Command) {
        if case .add(let transfer) = command { transfer.finish(.failure(HTTPError.shutDown)) }
    }
}
