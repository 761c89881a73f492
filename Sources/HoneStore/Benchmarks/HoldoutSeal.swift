import Postgres

/// What keeps the optimizer from reading what its prompts are judged by: a role of the database, without the right to.
public struct HoldoutSeal: Sendable {
    /// Who the optimizer is in the database.
    public static let role = "hone_optimizer"

    let executor: any SQLExecutor

    /// Makes the role where it may, and gives it what the optimizer needs. Nil when the seal holds, else why it does not.
    /// Does nothing that was done before.
    public func close() async throws -> String? {
        try await executor.first(
            """
            select seal_holdout()
            """, as: String?.self) ?? nil
    }

    /// Why the seal does not hold; nil when it does. Changes nothing.
    public func flaw() async throws -> String? {
        try await executor.first(
            """
            select case
                when to_regrole(\(Self.role)::text) is null then 'there is no role hone_optimizer'
                when not pg_has_role(current_user, \(Self.role)::text, 'member')
                    then current_user || ' is not a member of the role hone_optimizer'
                when (select count(*) from pg_policies where policyname = 'sealed' and roles = '{hone_optimizer}') < 10
                    then 'the role hone_optimizer has no policies'
            end as flaw
            """, as: String?.self) ?? nil
    }

    /// Whether whoever is connected may read what is sealed: an owner, a superuser, anybody who is no member of the role.
    public func isOpen() async throws -> Bool {
        try await executor.first(
            """
            select has_table_privilege('benchmark_cases', 'select')
                and not (row_security_active('benchmark_cases')
                    and pg_has_role(current_user, \(Self.role)::text, 'usage')) as is_open
            """, as: Bool.self) ?? true
    }
}
