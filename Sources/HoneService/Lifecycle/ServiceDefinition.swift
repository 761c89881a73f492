import ArgumentParser

/// What makes one service different from the others. `@main` on a conforming type is the whole program.
public protocol ServiceDefinition: Sendable {
    /// The consumer group, the name in logs, and `hone-<name>` on the command line.
    static var name: String { get }
    /// One line for `--help`.
    static var summary: String { get }
    /// Whether nobody waits for what it does: then it gives way to the others where the processor is short.
    static var isUnhurried: Bool { get }

    /// Whether it must not read what prompts are judged by: it then connects to the record as ``HoldoutSeal/role``.
    static var isSealed: Bool { get }

    /// Refuses settings that are right in themselves but not for this service.
    static func check(_ settings: Settings) throws(SettingsFault)

    /// Registers the handlers and whatever runs beside them.
    static func assemble(_ assembly: inout ServiceAssembly) async throws
}

extension ServiceDefinition {
    public static var isUnhurried: Bool { false }
    public static var isSealed: Bool { false }

    public static func check(_ settings: Settings) throws(SettingsFault) {}

    /// Reads the arguments and the settings, then runs until SIGTERM (drain) or SIGINT (cancel).
    @concurrent public static func main() async {
        await ServiceCommand<Self>.main()
    }
}
