import HoneCore

/// All detectors together: every agent and model that has done something, looked at once.
public enum AlertRules {
    /// The first day that matters.
    public static func firstDay(today: Day) -> Day { today - (QualityDrop.window - 1) }

    public static func conditions(
        _ work: [DailyWork], _ services: [ModelService] = [], today: Day
    ) -> [AlertKey: AlertCondition] {
        var conditions: [AlertKey: AlertCondition] = [:]
        let past = work.filter { (0..<QualityDrop.window).contains(today - $0.day) }
        for (agent, work) in Dictionary(grouping: past, by: \.agent) {
            conditions[AlertKey(.qualityDrop, agent.rawValue)] = QualityDrop.condition(work)
            conditions[AlertKey(.costSpike, agent.rawValue)] = CostSpike.condition(work, today: today)
            conditions[AlertKey(.failureRate, agent.rawValue)] = FailureRate.condition(work, today: today)
        }
        for service in services {
            conditions[AlertKey(.service, service.model.rawValue)] = FailureRate.condition(service)
        }
        return conditions
    }
}
