import Foundation
import TestServers

/// A Python with the packages that a `requirements.txt` of this repository names. It is made at the first use and kept
/// under `.hone`, until the file changes.
public struct PythonEnvironment: Sendable {
    /// What the programs of `infra/examples` and the README's commands need.
    public static let examples = PythonEnvironment("examples-venv", requirements: "infra/examples/requirements.txt")

    private let folder: String
    private let requirements: String

    /// `name` is the folder's; `requirements` is a path in the repository.
    public init(_ name: String, requirements: String) {
        let root = TestDatabase.repository.path
        folder = "\(root)/.hone/\(name)"
        self.requirements = "\(root)/\(requirements)"
    }

    /// The folder of its programs. Throws when PyPI does not give what is wanted.
    public func programs() async throws -> String {
        let script = """
            set -e
            mkdir -p "$(dirname "$1")"
            exec 9>"$1.lock"; flock 9
            cmp -s "$2" "$1/installed" && exit
            python3 -m venv --clear "$1"
            "$1/bin/pip" install --quiet --disable-pip-version-check -r "$2"
            cp "$2" "$1/installed"
            """
        let install = try await runProgram(["bash", "-c", script, "install", folder, requirements])
        guard install.status == 0 else {
            throw ServerFailure("PyPI did not give what \(requirements) names: \(install.output)\(install.complaints)")
        }
        return "\(folder)/bin"
    }
}
