import ArgumentParser
import Foundation
import HoneCore

/// The command line that every service has.
struct ServiceCommand<Definition: ServiceDefinition>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "hone-\(Definition.name)", abstract: Definition.summary,
            discussion: "Settings come from the environment and from .env; `hone config` lists them.",
            version: HoneVersion.current)
    }

    @Flag(help: "Print the effective settings, secrets masked, and exit.")
    var check = false

    func run() async throws {
        do {
            let source = try await SettingsSource.standard()
            let settings = try Settings(source)
            try Definition.check(settings)
            if check {
                for (setting, value) in source.effective { print("\(setting.name)=\(value ?? "")") }
            } else {
                try await ServiceRunner<Definition>(settings).run()
            }
        } catch let fault as SettingsFault {
            for line in fault.lines { FileHandle.standardError.write(Data("hone-\(Definition.name): \(line)\n".utf8)) }
            throw ExitCode(1)
        }
    }
}
