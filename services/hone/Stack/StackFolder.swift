import Foundation
import HoneService

/// Where a private stack lives: `.hone` in a checkout.
struct StackFolder: Sendable {
    /// The checkout; services run in it.
    let root: String

    init(root: String = FileManager.default.currentDirectoryPath) {
        self.root = root
    }

    var path: String { root + "/.hone" }
    var environmentFile: String { "\(root)/\(SettingsSource.stackFile)" }
    var stateFile: String { path + "/run/stack.json" }
    var lockFile: String { path + "/run/stack.lock" }

    func log(_ name: String) -> String { "\(path)/logs/\(name).log" }
    func pidFile(_ name: String) -> String { "\(path)/run/\(name).pid" }

    /// The process that a pid file names, if it is there.
    func process(_ name: String) -> ProcessIdentity? {
        let text = try? String(contentsOfFile: pidFile(name), encoding: .utf8)
        return text.flatMap { Int32($0.prefix { $0.isNumber }) }.flatMap { ProcessIdentity(of: $0) }
    }

    func data(_ name: String) -> String { "\(path)/\(name)" }

    func create() throws {
        for folder in ["logs", "run"] {
            try FileManager.default.createDirectory(atPath: "\(path)/\(folder)", withIntermediateDirectories: true)
        }
    }

    /// Writes a file that only its owner may read, in one step.
    func writePrivately(_ data: Data, to file: String) throws {
        let draft = file + ".new"
        let permissions: [FileAttributeKey: Any] = [.posixPermissions: 0o600]
        guard FileManager.default.createFile(atPath: draft, contents: data, attributes: permissions),
            rename(draft, file) == 0
        else { throw CommandFault("\(file) cannot be written") }
    }

    /// The last lines of a log.
    func tail(of name: String, lines: Int = 10) -> [String] {
        let text = (try? String(contentsOfFile: log(name), encoding: .utf8)) ?? ""
        return text.split(separator: "\n").suffix(lines).map(String.init)
    }
}
