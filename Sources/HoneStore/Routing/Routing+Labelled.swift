import HoneCore
public import HoneIntelligence
import Postgres

extension Routing {
    /// Tasks whose publishers said what they are, the latest of each category; long ones and trials are left out.
    public func labelledTasks(perCategory: Int = 300, among latest: Int = 10_000) async throws -> [LabelledTask] {
        struct Row: Decodable {
            var category: HoneCore.Category
            var complexity: Int?
            var input: JSONValue
            var constraints: TaskConstraints
        }
        let rows = try await executor.query(
            """
            select category, case when not complexity_estimated then complexity end as complexity, input, constraints
            from (
                select *, row_number() over (partition by category order by created_at desc, id) as place
                from (
                    select id, category, complexity, complexity_estimated, input, constraints, created_at,
                        category_confidence, experiment_id
                    from agent_tasks order by created_at desc limit \(latest)::bigint
                ) as latest
                where category is not null and category <> 'general' and category_confidence is null
                    and experiment_id is null and pg_column_size(input) <= 8000
            ) as ranked
            where place <= \(perCategory)::bigint order by category, place
            """, as: Row.self)
        return rows.map { row in
            LabelledTask(
                category: row.category, complexity: row.complexity, text: TaskText(row.input),
                constraints: row.constraints)
        }
    }
}
