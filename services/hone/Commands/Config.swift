import ArgumentParser
import HoneCore
import HoneService

struct Config: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the effective settings, secrets masked.",
        discussion: "Exits with 1 and one line per fault when a service would refuse to start with them.")

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let view = ConfigView(source: try await .standard())
        try output.show(view.json, or: view.text)
        _ = try Settings(view.source)
    }
}

/// Settings as people see them.
struct ConfigView {
    let source: SettingsSource

    var text: String {
        let rows = source.effective.map { setting, value in
            [setting.name, value ?? Format.nothing, setting.fallback ?? Format.nothing, setting.help]
        }
        return Table(.text("setting"), .text("value"), .text("default"), .text("meaning"), rows: rows).text
    }

    var json: JSONValue {
        let members = source.effective.map { setting, value in
            (
                setting.name,
                ["value": JSONValue(value), "default": JSONValue(setting.fallback), "meaning": .string(setting.help)]
                    as JSONValue
            )
        }
        return .object(Dictionary(members) { first, _ in first })
    }
}
