import Configuration
import Foundation
public import HoneCore
import SystemPackage

/// Where settings come from, the first that has a name wins: environment, `.env`, the stack that `hone up` started
/// (`.hone/stack.env`), and last the defaults. Read once at start.
public struct SettingsSource: Sendable {
    /// What this file calls "stack" is written by `hone up`, so that commands find the private Redis and Postgres.
    public static let stackFile = ".hone/stack.env"

    private let reader: ConfigReader
    /// Names that are set anywhere but in the defaults.
    let names: Set<String>

    /// Reads the process's environment and the files of the working directory.
    public static func standard() async throws -> SettingsSource {
        try await SettingsSource(environment: ProcessInfo.processInfo.environment, files: [".env", stackFile])
    }

    /// Reads `environment`, then those of `files` that exist.
    public init(environment: [String: String], files: [String] = []) async throws {
        var providers: [any ConfigProvider] = [EnvironmentVariablesProvider(environmentVariables: environment)]
        var names = Set(environment.keys)
        for file in files {
            providers.append(
                try await EnvironmentVariablesProvider(environmentFilePath: FilePath(file), allowMissing: true))
            names.formUnion(Self.names(inFile: file))
        }
        let defaults = Setting.all.compactMap { setting in setting.fallback.map { (setting.name, $0) } }
        providers.append(EnvironmentVariablesProvider(environmentVariables: Dictionary(uniqueKeysWithValues: defaults)))
        reader = ConfigReader(providers: providers)
        self.names = names
    }

    /// The text that holds for `name`; an empty one counts as not set.
    public func text(_ name: String) -> String? {
        let key = ConfigKey(name.lowercased().split(separator: "_").map(String.init))
        guard let text = reader.string(forKey: key), !text.isEmpty else { return nil }
        return text
    }

    /// Whether somebody set `name`, rather than it having its default.
    public func isSet(_ name: String) -> Bool { names.contains(name) && text(name) != nil }

    /// A value by the name of an environment variable that a resource file gives, such as `api_key_env`.
    public func secret(_ name: String) -> Secret? {
        text(name).map(Secret.init)
    }

    /// Everything that is set, by name: for parts that look up variables which resource files name.
    public func environment() -> [String: String] {
        names.reduce(into: [:]) { values, name in values[name] = text(name) }
    }

    private static func names(inFile path: String) -> [String] {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return [] }
        return text.split(separator: "\n").compactMap { line in
            let name = line.prefix { $0 != "=" }.trimmingCharacters(in: .whitespaces)
            return line.contains("=") && !name.hasPrefix("#") ? name : nil
        }
    }
}
