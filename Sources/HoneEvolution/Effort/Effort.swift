import Foundation

/// How much a run may try, in one word: what DSPy calls `auto`.
///
/// The rollouts are those that DSPy grants its MIPROv2 and GEPA for the same word (`auto_budget`, DSPy 3), so that figures
/// can be compared: today's prompt on all validation cases, five trials for each prompt that is to be looked at, minibatches
/// of up to 35 cases, and a full validation after every fifth of them.
///
///     validation cases   light   medium   heavy
///     10                   170      290     430
///     40                   540      890   1,315
///     60                   620      990   1,455
///     200                1,180    1,690   2,435
public enum Effort: String, Sendable, Hashable, Codable, CaseIterable {
    case light, medium, heavy

    private static let trialsPerPrompt = 5
    private static let largestBatch = 35
    private static let batchesPerValidation = 5

    /// Prompts that are to be looked at closely.
    public var prompts: Int {
        switch self {
        case .light: 6
        case .medium: 12
        case .heavy: 18
        }
    }

    /// The trials a run may pay for in all.
    public func rollouts(_ cases: SearchCases) -> Int {
        let validation = cases.validation.count
        let batch = min(Self.largestBatch, validation)
        let validations = 2 + (batches + 1) / Self.batchesPerValidation
        return validations * validation + prompts * Self.trialsPerPrompt + batches * batch
    }

    /// Two choices, instruction and demonstrations, are made for each prompt.
    private var batches: Int { Int(max(4 * log2(Double(prompts)), 1.5 * Double(prompts))) }
}

/// A search of the right size, and what it may spend.
public struct SearchPlan: Sendable, Hashable, Codable {
    public let search: Search
    public let rollouts: Int

    /// What `effort` means for an algorithm and a suite. `rollouts`, where given, replaces the effort's own number.
    public init(_ algorithm: SearchAlgorithm, _ effort: Effort, cases: SearchCases, rollouts: Int? = nil) {
        self.rollouts = rollouts ?? effort.rollouts(cases)
        search =
            switch algorithm {
            case .gepa: .gepa(GEPA())
            case .mipro: .mipro(MIPRO(proposals: effort.prompts, minibatch: Self.batch(cases)))
            case .nsga2: .nsga2(NSGA2Search(size: Self.population(effort)))
            }
    }

    /// The fewest trials with which a search can find anything: today's prompt and one other on all validation cases, and
    /// a first trial of the other. A run that may spend less is refused.
    public static func leastRollouts(_ cases: SearchCases) -> Int {
        2 * cases.validation.count + min(3, cases.train.count) * 2
    }

    /// A quarter of the validation cases, but enough to tell anything, and no more than DSPy's.
    private static func batch(_ cases: SearchCases) -> Int {
        min(35, max(10, cases.validation.count / 4))
    }

    /// 10 to 20 (intelligence: population).
    private static func population(_ effort: Effort) -> Int {
        switch effort {
        case .light: 10
        case .medium: 14
        case .heavy: 20
        }
    }
}
