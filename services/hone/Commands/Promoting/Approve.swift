import ArgumentParser
import Foundation
import HoneAPI
import HoneCore
import HoneService
import HoneStore

/// How a prompt is to come into production.
struct PromotionOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Try it on this share of the agent's tasks first; HONE_CANARY_SHARE when not given.", valueName: "0…1"))
    var share: Double?

    @Flag(help: "Although its gate was against another prompt than the present one; takes a reason.") var force = false
    @Option(help: "Why; it is kept with the move.") var reason: String?

    func validate() throws {
        do throws(InvalidValue) {
            try wish().validate()
        } catch {
            throw ValidationError("--\(error.path): found \(error.found), expected \(error.expected)")
        }
    }

    func wish(otherwise reason: String? = nil) -> PromotionWish {
        PromotionWish(share: share, isForced: force, reason: self.reason ?? (force ? nil : reason))
    }
}

struct Approve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Put a prompt into production, or try it on a share of the tasks.",
        discussion: """
            A canary is taken back by itself as soon as it is proved worse, and gets all tasks when its period ends without \
            harm. Approving a canary again gives it another share. A prompt that no gate has proved better can be approved \
            too: the record then says so.
            """)

    @Argument(help: "A prompt's id.") var prompt: PromptID
    @OptionGroup var options: PromotionOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let body = try await Connections.standard().move {
            try await $0.approve(prompt, options.wish(), by: KeyAudit.actor)
        }
        try output.show(body: body, or: body.text)
    }
}

struct Reject: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Archive a prompt that waits, or is a canary.")

    @Argument(help: "A prompt's id.") var prompt: PromptID
    @Option(help: "Why; it is kept with the move.") var reason = "rejected"
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let body = try await Connections.standard().move {
            try await $0.reject(prompt, by: KeyAudit.actor, because: reason)
        }
        try output.show(body: body, or: body.text)
    }
}

struct Deploy: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Put what an optimization has found into production, as `hone approve` does.")

    @Argument(help: "An agent's id.") var agent: AgentID
    @Option(help: "This optimization; the newest completed one when not given.") var optimization: OptimizationID?
    @OptionGroup var options: PromotionOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let connections = try await Connections.standard()
        let found = try await connections.withStore { store in
            try await store.deployable(of: agent, optimization)
        }
        let body = try await connections.move {
            try await $0.approve(
                found.prompt, options.wish(otherwise: "the best of optimization \(found.optimization)"),
                by: KeyAudit.actor, as: "prompt.deploy", found: found.optimization)
        }
        try output.show(body: body, or: body.text)
    }
}

struct Rollback: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "End an agent's canary or, without one, put the prompt before the present one back into production.")

    @Argument(help: "An agent's id.") var agent: AgentID
    @Option(help: "Why; it is kept with the move.") var reason = "rolled back"
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let body = try await Connections.standard().move {
            try await $0.rollBack(agent, by: KeyAudit.actor, because: reason)
        }
        try output.show(body: body, or: body.text)
    }
}
