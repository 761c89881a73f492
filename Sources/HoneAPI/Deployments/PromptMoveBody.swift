public import HoneCore
public import HoneStore

/// A prompt that somebody moved: itself, what spoke for the move, and the deployment that it began, changed or ended.
public struct PromptMoveBody: Codable, Sendable {
    public var prompt: PromptBody
    /// Null for moves that need nothing: a rejection, a rollback.
    @OrNull public var proof: PromptProof?
    @OrNull public var deployment: DeploymentBody?

    private enum CodingKeys: String, CodingKey {
        case proof, deployment
    }

    public init(prompt: PromptBody, proof: PromptProof?, deployment: DeploymentBody?) {
        self.prompt = prompt
        self.proof = proof
        self.deployment = deployment
    }

    /// As it stands now.
    public static func load(
        _ id: PromptID, proof: PromptProof?, deployment: DeploymentRecord?, from store: Store
    ) async throws -> PromptMoveBody? {
        guard let prompt = try await PromptBody.load(id, from: store) else { return nil }
        return PromptMoveBody(
            prompt: prompt, proof: proof, deployment: deployment.map { DeploymentBody($0) })
    }

    /// The prompt's own fields, and two more beside them.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        prompt = try PromptBody(from: decoder)
        proof = try fields.decodeIfPresent(PromptProof.self, forKey: .proof)
        deployment = try fields.decodeIfPresent(DeploymentBody.self, forKey: .deployment)
    }

    public func encode(to encoder: any Encoder) throws {
        try prompt.encode(to: encoder)
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(proof, forKey: .proof)
        try fields.encode(deployment, forKey: .deployment)
    }
}
