import Foundation

/// A program to start in a session of its own, so that it outlives this one and no Ctrl-C reaches it.
struct DetachedProcess {
    /// The program's absolute path and its arguments; no shell sees them.
    var command: [String]
    var environment: [String: String]
    var folder: String
    /// Standard output and error are appended here.
    var log: String

    func start() throws -> ProcessIdentity {
        Self.keepFilesToOurselves()
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT | O_APPEND, 0o640)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        Self.detach(&attributes)
        return try spawn(&actions, &attributes)
    }

    /// Nothing that we have open, or were given by make or a shell, is to live on in a child.
    private static func keepFilesToOurselves() {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        for file in files.compactMap({ Int32($0) }) where file > 2 {
            let flags = fcntl(file, F_GETFD)
            if flags >= 0 { _ = fcntl(file, F_SETFD, flags | FD_CLOEXEC) }
        }
    }

    /// A new session, and the signals as a shell would leave them: Swift's threads block some.
    private static func detach(_ attributes: inout posix_spawnattr_t) {
        var (none, all) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        let newSession: Int32 = 0x80  // POSIX_SPAWN_SETSID
        posix_spawnattr_setflags(
            &attributes, Int16(Int32(POSIX_SPAWN_SETSIGMASK) | Int32(POSIX_SPAWN_SETSIGDEF) | newSession))
    }

    private func spawn(
        _ actions: inout posix_spawn_file_actions_t, _ attributes: inout posix_spawnattr_t
    ) throws -> ProcessIdentity {
        // `env` changes the folder and becomes the program: spawn's own way to do so is not open to Swift.
        let whole = [try Programs.find("env"), "--chdir=\(folder)"] + command
        var words = whole.map { strdup($0) } + [nil]
        var variables = environment.map { strdup("\($0)=\($1)") } + [nil]
        defer { for text in words + variables { free(text) } }
        var pid: pid_t = 0
        let code = posix_spawn(&pid, whole[0], &actions, &attributes, &words, &variables)
        guard code == 0, let identity = ProcessIdentity(of: pid) else {
            throw CommandFault("\(command[0]) could not be started: \(String(cString: strerror(code)))")
        }
        return identity
    }
}
