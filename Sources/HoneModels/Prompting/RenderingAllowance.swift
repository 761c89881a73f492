import Stencil

/// What one rendering may use. A template cannot run without end, nor fill the memory, whatever its input is.
final class RenderingAllowance {
    private static let mostSteps = 50_000
    private static let mostBytes = 4 << 20

    private var steps = 0
    private var bytes = 0

    /// Begins a rendering.
    func renew() {
        (steps, bytes) = (0, 0)
    }

    /// Counts values that are filled in and rounds of loops.
    func take(steps count: Int = 1) throws {
        steps += min(count, Self.mostSteps + 1)
        guard steps <= Self.mostSteps else {
            throw TemplateSyntaxError("it takes more than \(Self.mostSteps) steps: a loop is too long")
        }
    }

    /// Counts text that is made; of a loop in a loop more than once.
    func take(_ text: String) throws -> String {
        bytes += text.utf8.count
        guard bytes <= Self.mostBytes else {
            throw TemplateSyntaxError("it makes more than \(Self.mostBytes) bytes of text")
        }
        return text
    }
}
