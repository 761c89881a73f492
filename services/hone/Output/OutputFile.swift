import Foundation

/// Where a command writes what may be long: a file, which is there only when it is whole, or standard output.
actor OutputFile {
    private let path: String?
    private let handle: FileHandle

    /// Nil is standard output. Throws ``CommandFault`` when there can be no such file.
    init(_ path: String?) throws {
        self.path = path
        guard let path else {
            handle = .standardOutput
            return
        }
        guard FileManager.default.createFile(atPath: Self.part(path), contents: nil),
            let handle = FileHandle(forWritingAtPath: Self.part(path))
        else { throw CommandFault("\(path) cannot be written") }
        self.handle = handle
    }

    func write(_ text: String) throws { try handle.write(contentsOf: Data(text.utf8)) }

    /// Puts the file in its place; one that was there goes.
    func finish() throws {
        guard let path else { return }
        try handle.close()
        guard rename(Self.part(path), path) == 0 else { throw CommandFault("\(path) cannot be written") }
    }

    /// Leaves nothing behind.
    func abandon() {
        guard let path else { return }
        try? handle.close()
        try? FileManager.default.removeItem(atPath: Self.part(path))
    }

    private static func part(_ path: String) -> String { path + ".part" }

    /// Opens it, writes what `body` writes, and finishes it; abandons it when `body` throws.
    static func write(to path: String?, _ body: (OutputFile) async throws -> Void) async throws {
        let file = try OutputFile(path)
        do {
            try await body(file)
            try await file.finish()
        } catch {
            await file.abandon()
            throw error
        }
    }
}
