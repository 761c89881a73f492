/// Waits for something that we started, and says what its log says when it does not come up.
struct Readiness {
    let folder: StackFolder
    let name: String
    let process: ProcessIdentity
    var limit: Duration = .seconds(60)

    /// Asks again and again until the answer is yes.
    func wait(_ isReady: () async throws -> Bool) async throws {
        let deadline = ContinuousClock.now + limit
        while try await !isReady() {
            guard process.isRunning else { throw failure("ended") }
            guard ContinuousClock.now < deadline else { throw failure("is not ready after \(limit)") }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    private func failure(_ what: String) -> StartFailure {
        StartFailure(lines: ["\(name) \(what); the end of \(folder.log(name)):"] + folder.tail(of: name))
    }
}

/// Something of the stack that did not come up, with the last lines of its log.
struct StartFailure: Error {
    let lines: [String]
}
