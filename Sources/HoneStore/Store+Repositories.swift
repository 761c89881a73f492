extension Store {
    public var tasks: Tasks { Tasks(executor: executor) }
    public var executions: Executions { Executions(executor: executor) }
    public var routing: Routing { Routing(executor: executor) }
    public var agents: Agents { Agents(executor: executor) }
    public var models: Models { Models(executor: executor) }
    public var templates: Templates { Templates(executor: executor) }
    public var prompts: Prompts { Prompts(executor: executor) }
    public var scores: ScoreTable { ScoreTable(executor: executor) }
    public var judgements: Judgements { Judgements(executor: executor) }
    public var reviews: Reviews { Reviews(executor: executor) }
    public var feedback: Feedback { Feedback(executor: executor) }
    public var rewards: Rewards { Rewards(executor: executor) }
    public var statistics: Statistics { Statistics(executor: executor) }
    public var benchmarks: Benchmarks { Benchmarks(executor: executor) }
    public var logs: Logs { Logs(executor: executor) }
    public var keys: Keys { Keys(executor: executor) }
    public var audit: Audit { Audit(executor: executor) }
    public var idempotentRequests: IdempotentRequests { IdempotentRequests(executor: executor) }
    public var alerts: Alerts { Alerts(executor: executor) }
    public var evaluations: Evaluations { Evaluations(executor: executor) }
    public var experiments: Experiments { Experiments(executor: executor) }
    public var optimizations: Optimizations { Optimizations(executor: executor) }
    public var reconciler: Reconciler { Reconciler(executor: executor) }
    public var reports: Reports { Reports(executor: executor) }
    public var locks: Locks { Locks(executor: executor) }
}
