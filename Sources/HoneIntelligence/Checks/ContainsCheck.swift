/// The share of texts that an answer contains, ignoring case.
struct ContainsCheck {
    let texts: [String]

    func check(_ output: String) -> CheckResult {
        guard !texts.isEmpty else { return CheckResult(graded: 1, detail: "nothing was asked for") }
        let output = output.lowercased()
        let missing = texts.filter { !$0.isEmpty && !output.contains($0.lowercased()) }
        let found = texts.count - missing.count
        let list = missing.prefix(5).map { "\"\($0.prefix(40))\"" }.joined(separator: ", ")
        return CheckResult(
            graded: Double(found) / Double(texts.count),
            detail: "\(found) of \(texts.count) texts found" + (missing.isEmpty ? "" : "; missing \(list)"))
    }
}
