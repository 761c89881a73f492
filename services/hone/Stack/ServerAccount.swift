import Foundation

/// Who Postgres runs as: us, or `postgres` when we are root.
struct ServerAccount {
    private let name: String? = geteuid() == 0 ? "postgres" : nil

    /// Makes a folder that belongs to the account alone.
    func makeFolder(_ path: String) throws {
        let manager = FileManager.default
        try manager.createDirectory(atPath: path, withIntermediateDirectories: true)
        try manager.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
        guard let name else { return }
        guard let account = getpwnam(name)?.pointee else {
            throw CommandFault("Postgres does not run as root, and there is no account \(name)")
        }
        guard chown(path, account.pw_uid, account.pw_gid) == 0 else {
            throw CommandFault("\(path) cannot be given to the account \(name)")
        }
    }

    /// The words to put before a command so that it runs as the account and can reach `folder`.
    ///
    /// A checkout below a folder that is closed to others is reached by one capability, which lets the server pass
    /// through; so the data stay in the checkout.
    func prefix(toReach folder: String) async throws -> [String] {
        guard let name else { return [] }
        let plain = [try Programs.find("setpriv"), "--reuid=\(name)", "--regid=\(name)", "--init-groups"]
        for prefix in [plain] + Self.helpfulCapabilities().map({ plain + Self.granting($0) }) {
            if try await Programs.run(prefix + [try Programs.find("stat"), folder]) == 0 { return prefix }
        }
        throw CommandFault(
            "the account \(name) cannot reach \(folder); open the folders above it, or move the checkout")
    }

    private static func granting(_ capability: String) -> [String] {
        ["--inh-caps=+\(capability)", "--ambient-caps=+\(capability)"]
    }

    /// Those that we hold, the weaker first (capabilities(7): bits 2 and 1).
    private static func helpfulCapabilities() -> [String] {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("CapEff:") }
        let held = line?.split(separator: "\t").last.flatMap { UInt64($0, radix: 16) } ?? 0
        return [("dac_read_search", 2), ("dac_override", 1)].filter { held >> $0.1 & 1 == 1 }.map(\.0)
    }
}
