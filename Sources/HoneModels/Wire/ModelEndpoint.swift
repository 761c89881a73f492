import HTTP
import HoneCore

/// Where a model is served, and the key for it.
struct ModelEndpoint: Sendable {
    /// Without a slash at its end.
    let baseURL: String
    let key: Secret?
    /// The variable that holds the key, or should.
    let keyVariable: String?

    /// Finds a model's endpoint: its own base URL, else the environment's, else the provider's.
    ///
    /// The provider's usual key goes only to the endpoint that the environment or the provider names, never
    /// to a URL it was not meant for.
    init(of model: ApprovedModel, environment: [String: String]) {
        let provider = Self.defaults(for: model.provider)
        let named = model.baseURL.flatMap(\.nonEmpty)
        let url = named ?? environment[provider.urlVariable]?.nonEmpty ?? provider.url
        baseURL = Self.normalized(url, for: model.provider)
        keyVariable = model.apiKeyEnvironment ?? (named == nil ? provider.keyVariable : nil)
        key = keyVariable.flatMap { environment[$0]?.nonEmpty }.map(Secret.init)
    }

    var isOpenAI: Bool { baseURL.hasPrefix("https://api.openai.com/") }

    /// The fault with the key's variable named and the key itself taken out of every text.
    func explaining(_ reason: ModelFault.Reason) -> ModelFault.Reason {
        switch reason {
        case .unauthorized(let what): .unauthorized("\(what); \(keyAdvice)")
        case .rejected(let what): .rejected(hidingKey(in: what))
        case .unavailable(let what, let pause): .unavailable(hidingKey(in: what), retryAfter: pause)
        case .invalidAnswer(let what): .invalidAnswer(hidingKey(in: what))
        default: reason
        }
    }

    private var keyAdvice: String {
        guard let keyVariable else { return "the model names no variable for its key" }
        return key == nil ? "\(keyVariable) is not set" : "look at \(keyVariable)"
    }

    private func hidingKey(in text: String) -> String {
        guard let key else { return text }
        return text.replacing(key.exposed, with: key.description)
    }

    private typealias Defaults = (url: String, urlVariable: String, keyVariable: String)

    private static func defaults(for provider: ModelProvider) -> Defaults {
        switch provider {
        case .openai: ("https://api.openai.com/v1", "OPENAI_BASE_URL", "OPENAI_API_KEY")
        case .anthropic: ("https://api.anthropic.com/v1", "ANTHROPIC_BASE_URL", "ANTHROPIC_API_KEY")
        case .echo: ("echo:", "", "")
        }
    }

    /// Anthropic's own clients are given the URL without its version.
    private static func normalized(_ url: String, for provider: ModelProvider) -> String {
        var url = url[...]
        while url.last == "/" { url.removeLast() }
        return provider == .anthropic && !url.hasSuffix("/v1") ? url + "/v1" : String(url)
    }
}

extension String {
    fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
