import CDocuments

/// The files that the binary carries, so that it serves its documents from wherever it runs.
enum CarriedFile {
    /// Throws where the binary carries no such file: a slip of ours, which a test finds.
    static func text(_ path: String) throws(Missing) -> String {
        guard let bytes = hone_document(path) else { throw Missing(path: path) }
        return String(cString: bytes)
    }

    struct Missing: Error {
        let path: String
    }
}
