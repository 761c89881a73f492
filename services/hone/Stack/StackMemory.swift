import Foundation
import HoneService

/// The settings that a running stack was brought up with. A later `up` from another shell, to scale say, goes on with
/// them, and what it sets itself wins.
struct StackMemory: Codable, Sendable {
    /// By name, as they were in the environment of `up`; addresses of outside servers are among them.
    private(set) var settings: [String: String] = [:]
    /// Names alone: keys are not written to disk unasked.
    private(set) var secrets: Set<String> = []

    init() {}

    init(of environment: [String: String]) {
        for setting in Setting.all where setting.name != "HONE_METRICS_PORT" {
            guard let value = environment[setting.name], !value.isEmpty else { continue }
            if setting.isSecret, !Self.addresses.contains(setting.name) {
                secrets.insert(setting.name)
            } else {
                settings[setting.name] = value
            }
        }
    }

    private static let addresses: Set<String> = ["REDIS_URL", "DATABASE_URL"]

    /// `environment`, completed by what is remembered. Throws when it lacks a secret that the stack was given.
    func completing(_ environment: [String: String]) throws -> [String: String] {
        for name in secrets.sorted() where environment[name] == nil {
            throw CommandFault(
                "\(name) was set when the stack came up, and is not now: set it again, or run `hone down` first")
        }
        return environment.merging(settings) { own, _ in own }
    }

    /// Lines of a file that both we and a shell can read; a value that a shell would take apart is left out.
    var lines: [String] {
        settings.filter { !Self.addresses.contains($0.key) && $0.value.allSatisfy(Self.isPlain) }
            .map { "\($0)=\($1)" }.sorted()
    }

    private static func isPlain(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || "_./:@%+,=-".contains(character))
    }
}
