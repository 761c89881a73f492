public import HoneCore
import Postgres

/// `deployments`: how prompts came into production. An agent has at most one canary, and one prompt that is watched.
public struct Deployments: Sendable {
    let executor: any SQLExecutor

    /// Every deployment as ``DeploymentRecord`` wants it.
    private static let everyDeployment: SQL = """
        select id, agent_id as "agentID", prompt_id as "promptID", baseline_prompt_id as "baselinePromptID",
            optimization_id as "optimizationID", gate_experiment_id as "gateExperimentID", proof, status, share, figures,
            baseline_evaluation_id as "baselineEvaluationID", evaluation_id as "evaluationID", evaluation_note, actor,
            reason, created_at, promoted_at, ended_at, end_reason
        from deployments
        """

    public func load(_ id: DeploymentID) async throws -> DeploymentRecord? {
        try await executor.first(
            """
            select * from (\(fragment: Self.everyDeployment)) as deployment where id = \(id)::uuid
            """, as: DeploymentRecord.self)
    }

    /// An agent's deployments, the newest first.
    public func list(of agent: AgentID, limit: Int) async throws -> [DeploymentRecord] {
        try await executor.query(
            """
            select * from (\(fragment: Self.everyDeployment)) as deployment where "agentID" = \(agent)::text
            order by created_at desc, id desc limit \(limit)::bigint
            """, as: DeploymentRecord.self)
    }

    /// The newest deployment of a prompt.
    public func latest(of prompt: PromptID) async throws -> DeploymentRecord? {
        try await executor.first(
            """
            select * from (\(fragment: Self.everyDeployment)) as deployment where "promptID" = \(prompt)::uuid
            order by created_at desc, id desc limit 1
            """, as: DeploymentRecord.self)
    }

    /// The canary that an agent has.
    public func canary(of agent: AgentID) async throws -> DeploymentRecord? {
        try await executor.first(
            """
            select * from (\(fragment: Self.everyDeployment)) as deployment
            where "agentID" = \(agent)::text and status = 'canary'
            """, as: DeploymentRecord.self)
    }

    /// Canaries, and prompts that are watched.
    public func open() async throws -> [DeploymentRecord] {
        try await executor.query(
            """
            select * from (\(fragment: Self.everyDeployment)) as deployment
            where status in ('canary', 'watching') order by created_at, id
            """, as: DeploymentRecord.self)
    }

    /// Those that came into production, and stayed there, whose agent's benchmark was not run with them yet.
    public func unevaluated() async throws -> [DeploymentRecord] {
        try await executor.query(
            """
            select * from (\(fragment: Self.everyDeployment)) as deployment
            where promoted_at is not null and "evaluationID" is null and evaluation_note is null
                and status in ('watching', 'settled')
            order by promoted_at, id
            """, as: DeploymentRecord.self)
    }

    /// The benchmark that a deployment is to be judged by: its gate's, its search's, else the one that the agent was
    /// measured by last.
    public func benchmark(for deployment: DeploymentRecord) async throws -> String? {
        try await executor.first(
            """
            select benchmark from (
                select 1 as choice, benchmark_id as benchmark, created_at from experiments
                where id = \(deployment.gateExperimentID)::uuid
                union all
                select 2, benchmark_id, created_at from optimizations where id = \(deployment.optimizationID)::uuid
                union all
                select 3, benchmark_id, created_at from evaluations where agent_id = \(deployment.agentID)::text
                union all
                select 3, benchmark_id, created_at from optimizations where agent_id = \(deployment.agentID)::text
            ) as known
            where benchmark is not null order by choice, created_at desc limit 1
            """, as: String.self)
    }
}
