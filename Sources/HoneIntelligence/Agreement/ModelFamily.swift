/// Whose kin a model is: models of one family are trained alike and are known to like each other's words (Panickssery,
/// Bowman and Feng, 2024).
public struct ModelFamily: Hashable, Sendable, CustomStringConvertible {
    public let description: String

    /// From a model's name on the wire: the last part of its path, up to the first digit or mark. `gpt-4.1-mini` is of the
    /// family `gpt`, `meta-llama/Llama-3.1-8B` of `llama`.
    public init(ofModel name: String) {
        let last = name.lowercased().split(separator: "/").last.map(String.init) ?? name.lowercased()
        // Vendors' prefixes on clouds: `anthropic.claude-…`, `us.anthropic.claude-…`.
        let words = last.split { !$0.isLetter }.map(String.init)
        let word = words.first { !Self.vendors.contains($0) } ?? last
        description = Self.kin[word] ?? word
    }

    private static let vendors: Set<String> = [
        "us", "eu", "apac", "global", "openai", "anthropic", "google", "meta", "amazon", "mistralai", "models", "hf",
    ]
    /// Names of one house for one line of models.
    private static let kin = [
        "chatgpt": "gpt", "o": "gpt", "codex": "gpt", "mixtral": "mistral", "ministral": "mistral",
        "codestral": "mistral", "magistral": "mistral", "devstral": "mistral", "pixtral": "mistral", "qwq": "qwen",
        "codellama": "llama",
    ]
}
