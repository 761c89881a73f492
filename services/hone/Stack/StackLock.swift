import Foundation

/// Held while a stack is brought up or taken down, so that two never do it at the same time.
final class StackLock {
    private let file: Int32

    init(_ folder: StackFolder) throws {
        file = open(folder.lockFile, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw CommandFault("\(folder.lockFile) cannot be opened") }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            close(file)
            throw CommandFault("another `hone up` or `hone down` is at work here")
        }
    }

    deinit {
        // A child that is just being started may share the file for a moment, and would keep the lock with it.
        flock(file, LOCK_UN)
        close(file)
    }
}
