import HoneService

/// Evolves agents' prompts: searches with trials that are ordinary tasks, and offers what has proved better.
@main
enum Optimizer: ServiceDefinition {
    static let name = "optimizer"
    static let summary = "Evolves agents' prompts, and offers only what has proved better."
    static let isUnhurried = true

    static func assemble(_ assembly: inout ServiceAssembly) async throws {
    }
}
