public import HoneCore
public import HoneIntelligence
public import HoneStore
public import Logging

extension RoutingDesk {
    /// With what is known at this moment: nothing of it is refreshed.
    public static func atThisMoment(
        policy: RoutingPolicyName, directory: Directory, store: Store, logger: Logger
    ) async throws -> RoutingDesk {
        let efforts = try await EffortBook(store: store, logger: logger)
        let view = try await PerformanceView(store: store, directory: directory, efforts: efforts, logger: logger)
        let classifier = try await Classifier(store: store, directory: directory, logger: logger)
        return RoutingDesk(plan: RoutingPlan(policy: policy.policy), view: view, classifier: classifier, seed: 0)
    }

    /// Who would get a task of which only this is known, and what it would be taken for.
    public func preview(
        _ input: JSONValue?, _ request: RoutingRequest, complexity: Int?, seed: Int64
    ) -> (decision: Result<RoutingDecision, RoutingRefusal>, kind: Classification) {
        let kind = classifier.classify(
            input ?? .null, request.constraints, category: request.category, complexity: complexity)
        return decide(request, kind, seed: seed)
    }
}
