import Foundation
import HoneCore
import HoneStore
import Postgres
import TestServers
import Testing

@Suite("The tables", .timeLimit(.minutes(2)))
struct SchemaTests {
    @Test("an owner without any privilege migrates, and a second time changes nothing")
    func plainOwner() async throws {
        let server = try await TestPostgres.shared()
        let url = try await server.createDatabase()
        let name = try #require(url.split(separator: "/").last.map(String.init))
        let admin = try PostgresPool(url: url)
        try await admin.run("create role plain_owner login nosuperuser nocreaterole nocreatedb")
        try await admin.run("alter database \(identifier: name) owner to plain_owner")
        await admin.close()

        let own = url.replacing("postgres@", with: "plain_owner@")
        let files = try await Store.migrate(own, from: TestStore.migrations)
        #expect(files.count >= 9 && files == files.sorted())
        #expect(try await Store.migrate(own, from: TestStore.migrations).isEmpty)
        let store = try Store(url: own)
        try await store.ping()
        #expect(try await store.agents.all().map(\.id) == [kai, .named("maya")])
        await store.close()
    }

    @Test("every public table has the columns that others rely on")
    func columns() async throws {
        try await TestStore.run { _, pool in
            struct Row: Decodable {
                var table: String
                var columns: [String]
            }
            let rows = try await pool.query(
                """
                select table_name as table, array_agg(column_name::text) as columns
                from information_schema.columns where table_schema = 'public' group by table_name
                """, as: Row.self)
            let found = Dictionary(rows.map { ($0.table, Set($0.columns)) }) { first, _ in first }
            for (table, columns) in PublicTables.columns {
                let missing = columns.subtracting(found[table] ?? [])
                #expect(missing.isEmpty, "\(table) lacks \(missing.sorted())")
            }
        }
    }

    @Test(
        "the tables refuse what must not be",
        arguments: [
            "update agent_performance_scores set overall_score = 1.5",
            "update agent_performance_scores set overall_score = 'NaN'",
            "update agent_performance_scores set user_rating = 6",
            "update agent_performance_scores set agent_id = 'nobody'",
            "update agent_tasks set status = 'done'",
            "update agent_tasks set status = 'submitted'",
            "update agent_tasks set complexity = 6",
            "update prompts set version = '9'",
            "delete from prompt_transitions",
            "insert into prompt_transitions (prompt_id, from_state, to_state, actor) "
                + "select prompt_id, 'draft', 'archived', 'x' from prompt_states",
            "insert into agent_peer_evaluations (task_id, evaluated_agent_id, evaluator_agent_id, evaluation_score, "
                + "unknown) select id, 'ada', 'ada', 1, false from agent_tasks",
            "insert into agents (id, nickname, type) values ('x', 'x', 'robot')",
            "insert into agents (id, nickname, roles) values ('x', 'x', '{king}')",
        ])
    func refuses(_ statement: String) async throws {
        try await TestStore.run { store, pool in
            let id = try await store.completedTask()
            _ = try await store.scores.insert([.sample(id)])
            let error = await #expect(throws: DatabaseError.self) {
                try await pool.withConnection { try await $0.execute(script: statement) }
            }
            guard case .violates = error else {
                Issue.record("not refused by a constraint: \(String(describing: error))")
                return
            }
        }
    }

    @Test("a transfer whose entries do not add up to zero is refused when it commits, as is one that passes the cap")
    func budgets() async throws {
        try await TestStore.run { _, pool in
            try await pool.run(
                "insert into budgets (id, scope, scope_id, cap_micro_usd) values (gen_random_uuid(), 'day', 'd', 100)")
            let transfer = UUID()
            func entries(_ amount: Int) -> SQL {
                """
                insert into budget_ledger (transfer_id, account, budget_id, amount_micro_usd)
                select \(transfer)::uuid, account, id, amount from budgets,
                    (values ('available', -50::bigint), ('reserved', \(amount)::bigint)) as entry (account, amount)
                """
            }
            await #expect(throws: DatabaseError.self) { try await pool.run(entries(49)) }
            #expect(try await pool.run(entries(50)) == 2)
            await #expect(throws: DatabaseError.self) {
                try await pool.run("update budgets set reserved_micro_usd = 101")
            }
            await #expect(throws: DatabaseError.self) { try await pool.run("delete from budget_ledger") }
        }
    }

    @Test("faults of the machinery are told from faults of the work")
    func transient() async throws {
        let lost: any Error = DatabaseError.connectionLost(server: "x", reason: "y")
        let refused: any Error = DatabaseError.violates(constraint: "c", sqlState: "23514")
        #expect((lost as? any TransientFault)?.isTransient == true)
        #expect((refused as? any TransientFault)?.isTransient == false)
    }
}
