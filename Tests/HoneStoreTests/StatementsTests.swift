import Foundation
import Postgres
import Testing

@Suite("The statements we own", .timeLimit(.minutes(2)))
struct StatementsTests {
    let sources = TestStore.repository.appending(path: "Sources/HoneStore")

    @Test("every SQL literal prepares on a freshly migrated database")
    func prepares() async throws {
        let source = try StatementSource(folder: sources)
        #expect(source.literals.count >= 65)
        let pool = try PostgresPool(url: await TestStore.url())
        try await pool.withConnection { connection in
            for literal in source.literals where !source.isTail(literal) {
                let statement = try source.statement(literal)
                do {
                    _ = try await connection.describe(statement)
                } catch {
                    Issue.record("\(literal.place): \(error)")
                }
            }
        }
        await pool.close()
    }

    @Test("a literal that does not fit the tables is found out")
    func findsFaults() async throws {
        let pool = try PostgresPool(url: await TestStore.url())
        await #expect(throws: DatabaseError.self) {
            try await pool.withConnection { try await $0.describe("select colour from agent_tasks where id = $1") }
        }
        await pool.close()
    }

    @Test("no statement hides in a one-line string, where the test would not see it")
    func multiline() throws {
        let files =
            FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)?
            .compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" } ?? []
        #expect(files.count > 30)
        for file in files {
            let text = try String(contentsOf: file, encoding: .utf8)
            #expect(
                text.firstMatch(of: /\.(run|query|first)\(\s*"(?!"")/) == nil, "\(file.lastPathComponent)")
        }
    }
}
