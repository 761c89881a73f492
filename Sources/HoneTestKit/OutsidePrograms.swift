import Foundation
public import TestServers

/// Publishers and clients of other makes, run as programs of their own.
public enum OutsidePrograms {
    /// Runs a program of `infra/examples`; `python` stands for the one that has their packages.
    public static func run(
        _ command: [String], environment: [String: String] = [:], within limit: Int = 120
    ) async throws -> ProgramOutcome {
        var command = command
        if command.first == "python" { command[0] = try await PythonEnvironment.examples.programs() + "/python" }
        let folder = TestDatabase.repository.appending(path: "infra/examples").path
        let setting = ["/usr/bin/env", "--chdir=\(folder)"] + environment.map { "\($0)=\($1)" }
        return try await runProgram(setting + ["timeout", "-k", "5", "\(limit)"] + command)
    }
}
