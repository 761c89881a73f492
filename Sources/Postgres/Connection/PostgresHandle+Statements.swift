internal import CLibPQ

extension PostgresHandle {
    func send(script: String) throws(DatabaseError) {
        guard unsafe PQsendQuery(raw, script) == 1 else { throw refused() }
    }

    func sendPrepare(_ name: String, _ text: String) throws(DatabaseError) {
        guard unsafe PQsendPrepare(raw, name, text, 0, nil) == 1 else { throw refused() }
    }

    func sendDescribe(_ name: String) throws(DatabaseError) {
        guard unsafe PQsendDescribePrepared(raw, name) == 1 else { throw refused() }
    }

    func sendExecute(_ name: String, _ parameters: ParameterBuffer) throws(DatabaseError) {
        let sent = unsafe parameters.withPointers { pointers in
            unsafe PQsendQueryPrepared(raw, name, Int32(pointers.count), pointers, nil, nil, 0)
        }
        guard sent == 1 else { throw refused() }
    }

    /// Sends what is buffered and takes in every result of one statement. The last one, or the first that failed.
    func finish(until deadline: Deadline?) throws(DatabaseError) -> PostgresResult {
        try flush(until: deadline)
        var answer: PostgresResult?
        while let result = try nextResult(until: deadline) {
            if result.kind == .copyIn || result.kind == .copyOut { return result }
            if answer?.kind != .failed { answer = result }
        }
        guard let answer else { throw lost() }
        return answer
    }

    func enterPipeline() throws(DatabaseError) {
        guard unsafe PQenterPipelineMode(raw) == 1 else { throw refused() }
    }

    /// Ends what belongs together: the server commits it, or has undone it, when this point is answered.
    func sendPipelineEnd() throws(DatabaseError) {
        guard unsafe PQpipelineSync(raw) == 1 else { throw refused() }
    }

    func leavePipeline() throws(DatabaseError) {
        guard unsafe PQexitPipelineMode(raw) == 1 else { throw refused() }
    }

    /// Hands a piece of a running COPY to the server, waiting while it is slower than we are.
    func sendCopyData(_ data: [UInt8], until deadline: Deadline?) throws(DatabaseError) {
        while true {
            let sent = unsafe data.withUnsafeBytes { bytes in
                unsafe PQputCopyData(
                    raw, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count))
            }
            if sent < 0 { throw refused() }
            try flush(until: deadline)
            if sent == 1 { return }
        }
    }

    /// Ends a COPY; with a reason, the server undoes it.
    func sendCopyEnd(abandoning reason: String?, until deadline: Deadline?) throws(DatabaseError) {
        while true {
            let sent = unsafe reason.map { unsafe PQputCopyEnd(raw, $0) } ?? PQputCopyEnd(raw, nil)
            if sent < 0 { throw refused() }
            try flush(until: deadline)
            if sent == 1 { return }
        }
    }
}
