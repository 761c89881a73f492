import Foundation

/// What a program left behind when it ended.
public struct ProgramOutcome: Sendable {
    /// The exit status; 255 for a death by signal.
    public let status: Int32
    public let output: String
    public let complaints: String
}

/// Runs a program to its end with `input` on its standard input.
///
/// Not with Foundation's `Process`: that takes a child for alive as long as any other child, such as a Redis that
/// another thread starts at the same moment, holds the socket that it inherited by accident.
public func runProgram(_ command: [String], input: String = "") async throws -> ProgramOutcome {
    let folder = FileManager.default.temporaryDirectory.path + "/test-program-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try input.write(toFile: "\(folder)/in", atomically: false, encoding: .utf8)
    let process = try start(["/usr/bin/env", "--chdir=/"] + command, in: folder)
    return ProgramOutcome(
        status: try await exitStatus(of: process), output: try text(of: "\(folder)/out"),
        complaints: try text(of: "\(folder)/err"))
}

private func start(_ command: [String], in folder: String) throws -> pid_t {
    let files = [
        open("\(folder)/in", O_RDONLY | O_CLOEXEC), open("\(folder)/out", O_WRONLY | O_CREAT | O_CLOEXEC, 0o600),
        open("\(folder)/err", O_WRONLY | O_CREAT | O_CLOEXEC, 0o600),
    ]
    defer { for file in files where file >= 0 { close(file) } }
    guard !files.contains(where: { $0 < 0 }),
        let process = spawn(command, input: files[0], output: files[1], errors: files[2])
    else { throw ServerFailure("\(command.joined(separator: " ")) could not be started") }
    return process
}

private func text(of file: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: file)), as: UTF8.self)
}

/// Waits for a child of ours.
private func exitStatus(of process: pid_t) async throws -> Int32 {
    var status: Int32 = 0
    while waitpid(process, &status, WNOHANG) == 0 { try await Task.sleep(for: .milliseconds(2)) }
    return status & 0x7F == 0 ? (status >> 8) & 0xFF : 255
}
