import HoneAPI

/// A difference for people: lines as `diff -u` has them; on a terminal in colours, with the words that changed marked.
struct DiffView {
    let isColoured: Bool

    func text(of diff: PromptDiffBody) -> String {
        guard !diff.hunks.isEmpty else { return "they say the same" }
        guard isColoured else { return String(diff.unified.dropLast()) }
        let title = diff.unified.split(separator: "\n").prefix(2).map { Terminal.bold(String($0)) }
        let hunks = diff.hunks.flatMap { hunk in
            [cyan("@@ -\(hunk.oldStart),\(hunk.oldCount) +\(hunk.newStart),\(hunk.newCount) @@")] + lines(of: hunk)
        }
        return (title + hunks).joined(separator: "\n")
    }

    /// Lines that took each other's place are compared word by word.
    private func lines(of hunk: LineDiff.Hunk) -> [String] {
        var (result, rest) = ([String](), hunk.lines[...])
        while let first = rest.first {
            guard first.change == .removed else {
                result.append(first.change == .added ? green("+" + first.text) : " " + first.text)
                rest = rest.dropFirst()
                continue
            }
            let removed = rest.prefix { $0.change == .removed }
            let added = rest.dropFirst(removed.count).prefix { $0.change == .added }
            result += changed(removed.map(\.text), added.map(\.text))
            rest = rest.dropFirst(removed.count + added.count)
        }
        return result
    }

    private func changed(_ removed: [String], _ added: [String]) -> [String] {
        guard removed.count == added.count else {
            return removed.map { red("-" + $0) } + added.map { green("+" + $0) }
        }
        let pairs = zip(removed, added).map { WordDiff(from: $0, to: $1) }
        return pairs.map { red("-" + marked($0.old)) } + pairs.map { green("+" + marked($0.new)) }
    }

    private func marked(_ pieces: [WordDiff.Piece]) -> String {
        pieces.map { $0.isChanged ? "\u{1B}[7m\($0.text)\u{1B}[27m" : $0.text }.joined()
    }

    private func red(_ text: String) -> String { "\u{1B}[31m\(text)\u{1B}[0m" }
    private func green(_ text: String) -> String { "\u{1B}[32m\(text)\u{1B}[0m" }
    private func cyan(_ text: String) -> String { "\u{1B}[36m\(text)\u{1B}[0m" }
}

/// Which words of a line are not in the other one.
struct WordDiff {
    struct Piece: Hashable {
        var text: String
        var isChanged: Bool
    }

    let old: [Piece]
    let new: [Piece]

    init(from old: String, to new: String) {
        let (before, after) = (Self.words(old), Self.words(new))
        var (gone, fresh) = (Set<Int>(), Set<Int>())
        for change in after.difference(from: before) {
            switch change {
            case .remove(let place, _, _): gone.insert(place)
            case .insert(let place, _, _): fresh.insert(place)
            }
        }
        self.old = Self.pieces(before, gone)
        self.new = Self.pieces(after, fresh)
    }

    /// Each with the blanks after it, so that joined they are the line again.
    private static func words(_ line: String) -> [String] {
        var (words, isBlank) = ([String](), false)
        for character in line {
            if words.isEmpty || isBlank && !character.isWhitespace { words.append("") }
            words[words.count - 1].append(character)
            isBlank = character.isWhitespace
        }
        return words
    }

    private static func pieces(_ words: [String], _ changed: Set<Int>) -> [Piece] {
        words.enumerated().reduce(into: []) { pieces, word in
            let isChanged = changed.contains(word.offset)
            if pieces.last?.isChanged == isChanged {
                pieces[pieces.count - 1].text += word.element
            } else {
                pieces.append(Piece(text: word.element, isChanged: isChanged))
            }
        }
    }
}
