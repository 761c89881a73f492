public import Foundation
public import HoneCore

/// What an improvement taught.
public struct Insight: Sendable, Decodable, Hashable {
    public var id: UUID
    /// What kind of thing was improved: `prompt`.
    public var type: String
    /// Whose: an agent's id.
    public var target: String
    public var category: HoneCore.Category?
    public var description: String
    /// How much better, against what was there before.
    public var delta: Double
    public var deltaLow: Double?
    public var deltaHigh: Double?
    /// 0…1.
    public var confidence: Double
    /// It passed the gate.
    public var validated: Bool
    /// What the gate measured.
    public var validation: JSONValue
    public var optimizationID: OptimizationID?
    public var embeddingModel: ModelID?
    public var createdAt: Date
    public var expiresAt: Date?

    public init(
        id: UUID, type: String = "prompt", target: String, category: HoneCore.Category?, description: String,
        delta: Double, deltaLow: Double? = nil, deltaHigh: Double? = nil, confidence: Double, validated: Bool,
        validation: JSONValue = .object([:]), optimizationID: OptimizationID?, embeddingModel: ModelID? = nil,
        createdAt: Date, expiresAt: Date?
    ) {
        self.id = id
        self.type = type
        self.target = target
        self.category = category
        self.description = description
        self.delta = delta
        self.deltaLow = deltaLow
        self.deltaHigh = deltaHigh
        self.confidence = confidence
        self.validated = validated
        self.validation = validation
        self.optimizationID = optimizationID
        self.embeddingModel = embeddingModel
        self.createdAt = createdAt
        self.expiresAt = expiresAt
    }
}
