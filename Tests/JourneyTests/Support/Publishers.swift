import Foundation
import HoneTestKit
import TestServers

/// Publishers of other makes, run as programs of their own.
enum Publishers {
    private static let root = TestDatabase.repository.path

    /// The Python that `infra/examples/requirements.txt` describes; made at the first use and kept under `.hone`.
    private static let python = Task {
        let (folder, wanted) = ("\(root)/.hone/examples-venv", "\(root)/infra/examples/requirements.txt")
        let script = """
            set -e
            mkdir -p "$(dirname "$1")"
            exec 9>"$1.lock"; flock 9
            cmp -s "$2" "$1/installed" && exit
            python3 -m venv --clear "$1"
            "$1/bin/pip" install --quiet --disable-pip-version-check -r "$2"
            cp "$2" "$1/installed"
            """
        let install = try await runProgram(["bash", "-c", script, "install", folder, wanted])
        guard install.status == 0 else {
            throw ServerFailure("PyPI did not give what \(wanted) names: \(install.output)\(install.complaints)")
        }
        return "\(folder)/bin/python"
    }

    /// Runs a program of `infra/examples`; `python` stands for the one that has their packages.
    static func run(_ command: [String], redis: String, within limit: Int = 120) async throws -> ProgramOutcome {
        var command = command
        if command.first == "python" { command[0] = try await python.value }
        let setting = ["/usr/bin/env", "--chdir=\(root)/infra/examples", "REDIS_URL=\(redis)"]
        return try await runProgram(setting + ["timeout", "-k", "5", "\(limit)"] + command)
    }
}
