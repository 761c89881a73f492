public import Foundation
public import HoneCore

/// Looks at a bundle as somebody who trusts nobody: every claim that can be checked without a server is.
///
/// Who may rewrite all of a bundle may also write digests that fit. Then ids, diffs and gates still have to follow from what
/// is listed; what does not follow from anything, such as a name, only the digest tells, from elsewhere.
public struct BundleVerifier {
    let bundle: LineageBundle
    private(set) var contents = BundleContents()
    private var looked: [BundleCheck: Int] = [:]
    private var faults: [BundleFault] = []
    private var notes: [String] = []

    public init(_ bundle: LineageBundle) {
        self.bundle = bundle
    }

    /// Reads a file. Throws `InvalidValue` for what is no bundle at all.
    public init(reading data: Data) throws(InvalidValue) {
        let bundle = try WireFormat.decode(LineageBundle.self, from: data)
        guard bundle.format == LineageBundle.format else {
            throw InvalidValue(
                path: "format", found: InvalidValue.summary(of: .string(bundle.format)),
                expected: "\"\(LineageBundle.format)\"")
        }
        self.init(bundle)
    }

    /// `digest` is what the bundle's should be, where that is known from elsewhere.
    public func verified(expecting digest: String? = nil) -> VerificationBody {
        var work = self
        work.checkDigests()
        work.checkChain(expecting: digest)
        work.readEntries()
        work.checkPrompts()
        work.checkWork()
        return work.body(expecting: digest)
    }

    private func body(expecting digest: String?) -> VerificationBody {
        let checks = BundleCheck.allCases.map { check in
            VerificationBody.Check(
                check: check, looked: looked[check] ?? 0, faults: faults.count { $0.check == check })
        }
        return VerificationBody(
            valid: faults.isEmpty, digest: bundle.digest, promptID: contents.header.map { "\($0.promptID)" },
            checks: checks, faults: faults, notes: notes + lastNotes(expecting: digest))
    }

    private func lastNotes(expecting digest: String?) -> [String] {
        var notes: [String] = []
        if digest == nil {
            notes.append("nobody said what the digest should be: compare it with the audit log, or give --digest")
        }
        if let ablation = contents.ablation, !ablation.measured { notes.append(ablation.note) }
        if contents.experiments.values.allSatisfy({ $0.gate == nil }) {
            notes.append("no gate is among the experiments: nothing was proved of this prompt")
        }
        return notes
    }
}

// MARK: what checks use

extension BundleVerifier {
    mutating func look(_ check: BundleCheck) { looked[check, default: 0] += 1 }

    mutating func blame(_ check: BundleCheck, _ place: String, _ problem: String) {
        faults.append(BundleFault(check: check, place: place, problem: problem))
    }

    mutating func note(_ text: String) { notes.append(text) }

    /// Looks, and blames unless it holds.
    mutating func expect(_ holds: Bool, _ check: BundleCheck, _ place: String, _ problem: @autoclosure () -> String) {
        look(check)
        if !holds { blame(check, place, problem()) }
    }
}

// MARK: the bundle as such

extension BundleVerifier {
    private mutating func checkDigests() {
        let sealed = Dictionary(bundle.manifest.map { ($0.name, $0.sha256) }) { first, _ in first }
        var seen: Set<String> = []
        for entry in bundle.entries {
            expect(seen.insert(entry.name).inserted, .digests, entry.name, "it is there twice")
            guard let sum = sealed[entry.name] else {
                blame(.digests, entry.name, "it is not in the manifest: somebody added it")
                continue
            }
            expect(
                (try? Digest.of(json: entry.content)) == sum, .digests, entry.name,
                "it is not what the manifest says: somebody changed it")
        }
        for seal in bundle.manifest where !seen.contains(seal.name) {
            blame(.digests, seal.name, "it is in the manifest and not there: somebody removed it")
        }
        let (order, listed) = (bundle.entries.map(\.name), bundle.manifest.map(\.name))
        expect(
            order == listed || Set(order) != Set(listed) || order.count != listed.count, .digests, "manifest",
            "the entries are in another order")
    }

    private mutating func checkChain(expecting digest: String?) {
        var chain = LineageBundle.start
        for seal in bundle.manifest {
            chain = LineageBundle.link(chain, seal.name, seal.sha256)
            expect(
                seal.chain == chain, .chain, seal.name, "its place in the chain does not follow from what is before it")
            // Only the first break is told: all that follow come of it.
            guard seal.chain == chain else { break }
        }
        let end = bundle.manifest.last?.chain ?? LineageBundle.start
        expect(bundle.digest == end, .chain, "digest", "the bundle's digest is not the chain's end")
        guard let digest else { return }
        expect(
            bundle.digest == digest.lowercased(), .chain, "digest", "the bundle's digest is not \(digest.lowercased())")
    }

    private mutating func readEntries() {
        for entry in bundle.entries {
            look(.entries)
            do throws(InvalidValue) {
                try contents.take(entry)
            } catch {
                blame(.entries, entry.name, "\(error)")
            }
        }
        expect(contents.header != nil, .entries, "bundle", "there is no such entry")
        expect(contents.ablation != nil, .entries, "ablation", "there is no such entry")
    }
}
