import Foundation

/// The shell between us and a server. It lives as long as the server should and ends it when our end of a line closes.
/// It says so twice: a server that has hardly begun is still a shell, which swallows the first word.
///
/// Spawned by hand: pipes of Foundation's `Process` leak into children that other threads start at the same moment, and
/// a leaked end would keep the server alive after us.
final class Watchdog: Sendable {
    private static let script = """
        trap : INT TERM HUP
        log=$1 signal=$2 scratch=$3; shift 3
        "$@" </dev/null >>"$log" 2>&1 &
        server=$!
        echo "$server"
        exec >/dev/null
        read -r last_word
        kill -s "$signal" "$server"; kill -s CONT "$server"
        (tick=0; while [ $tick -lt 100 ]; do
            sleep 0.05; tick=$((tick + 1)); [ $tick -ne 4 ] || kill -s "$signal" "$server"
        done; kill -s KILL "$server") &
        guard=$!
        wait "$server"
        kill "$guard"
        [ -z "$scratch" ] || [ "$last_word" = keep ] || rm -rf "$scratch"
        """

    /// The server's process id.
    let server: Int32
    private let shell: pid_t
    private let leash: Int32

    /// Starts `command` with its output in `log`.
    init(_ command: [String], log: String, stopSignal: String, scratch: String) throws {
        let (leash, collar) = try openPair()
        let arguments = ["/bin/sh", "-c", Self.script, "watchdog", log, stopSignal, scratch] + command
        let spawned = spawn(arguments, input: collar, output: collar, errors: nil)
        close(collar)
        guard let shell = spawned, let server = readNumber(leash) else {
            close(leash)
            throw ServerFailure("\(command.first ?? "") could not be started")
        }
        (self.server, self.shell, self.leash) = (server, shell, leash)
    }

    /// Lets go of the leash and waits until the server is gone. To be called once.
    func finish(keepingScratch: Bool) {
        if keepingScratch { _ = send(leash, "keep\n", 5, Int32(MSG_NOSIGNAL)) }
        close(leash)
        var status: Int32 = 0
        while waitpid(shell, &status, 0) < 0 && errno == EINTR {}
    }
}

/// Two ends of a line that no child inherits by accident.
private func openPair() throws -> (Int32, Int32) {
    var ends: [Int32] = [0, 0]
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw ServerFailure("no socket: errno \(errno)") }
    return (ends[0], ends[1])
}

/// Starts a program with these files as its standard ones, nil for nothing; nil if that fails.
func spawn(_ arguments: [String], input: Int32?, output: Int32?, errors: Int32?) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (number, file) in [input, output, errors].enumerated() {
        if let file {
            posix_spawn_file_actions_adddup2(&actions, file, Int32(number))
        } else {
            posix_spawn_file_actions_addopen(&actions, Int32(number), "/dev/null", O_RDWR, 0)
        }
    }
    closeOthers(&actions)
    // The threads of Swift block signals, and a child would inherit that: neither TERM nor CHLD would reach it.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    var words = arguments.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var process: pid_t = 0
    return posix_spawn(&process, arguments[0], &actions, &attributes, &words, environ) == 0 ? process : nil
}

/// Nothing else that we have open lives on in a child. NIO's connections would: they would not end when we close them.
private func closeOthers(_ actions: inout posix_spawn_file_actions_t) {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
    // Other threads go on opening some, at the lowest free numbers; and to close what is not open is no fault.
    let last = (files.compactMap { Int32($0) }.max() ?? 3) + 64
    for file in 3...min(last, Int32(sysconf(Int32(_SC_OPEN_MAX))) - 1) {
        posix_spawn_file_actions_addclose(&actions, file)
    }
}

/// The number on the first line that comes out of a file.
private func readNumber(_ file: Int32) -> Int32? {
    var line: [UInt8] = []
    var byte: UInt8 = 0
    while read(file, &byte, 1) == 1, byte != UInt8(ascii: "\n") { line.append(byte) }
    return Int32(String(decoding: line, as: UTF8.self))
}
