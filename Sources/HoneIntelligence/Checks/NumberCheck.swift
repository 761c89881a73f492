/// Whether the first number of an answer lies within a tolerance.
struct NumberCheck {
    let value: Double
    let tolerance: Double

    func check(_ output: String) -> CheckResult {
        guard let found = NumberScanner.firstNumber(in: output) else {
            return CheckResult(exact: false, detail: "the output holds no number")
        }
        // 0.4 lies within 0.1 of 0.3, although binary fractions say 0.10000000000000003.
        let slack = 1e-12 * max(abs(found), abs(value))
        let isRight = found.isFinite && abs(found - value) <= abs(tolerance) + slack
        return CheckResult(exact: isRight, detail: "found \(found), expected \(value) ± \(abs(tolerance))")
    }
}

/// Finds numbers in prose: signs, thousands separators (`1,234,567.5`), fractions, exponents (`6.02e23`).
///
/// Digits that belong to a word (`GPT-4`, `x2`) count only when the text has no other number.
struct NumberScanner {
    private let text: [UInt8]

    static func firstNumber(in text: String) -> Double? {
        // The typographic minus sign is a minus sign too.
        let scanner = NumberScanner(text: Array(text.replacing("\u{2212}", with: "-").utf8))
        return scanner.first(insideWords: false) ?? scanner.first(insideWords: true)
    }

    private func first(insideWords: Bool) -> Double? {
        var index = 0
        while index < text.count {
            guard let end = end(ofNumberAt: index) else {
                index += 1
                continue
            }
            if insideWords || !isInsideWord(index) { return number(from: index, to: end) }
            index = end
        }
        return nil
    }

    private func number(from start: Int, to end: Int) -> Double? {
        let isNegative =
            start > 0 && text[start - 1] == UInt8(ascii: "-") && !isInsideWord(start - 1) && !isDigit(start - 2)
        let digits = text[start..<end].filter { $0 != UInt8(ascii: ",") }
        let magnitude = Double(String(decoding: digits, as: UTF8.self))
        return isNegative ? magnitude.map { -$0 } : magnitude
    }

    /// A number starts with a digit, or with a point before a digit.
    private func end(ofNumberAt start: Int) -> Int? {
        var index = start
        if isDigit(index) {
            index = endOfWhole(from: index)
        } else if text[index] != UInt8(ascii: ".") || !isDigit(index + 1) || isDigit(index - 1) {
            return nil
        }
        if index < text.count, text[index] == UInt8(ascii: "."), isDigit(index + 1) {
            index = endOfDigits(from: index + 1)
        }
        return endOfExponent(from: index)
    }

    private func endOfWhole(from start: Int) -> Int {
        var end = endOfDigits(from: start)
        guard end - start <= 3 else { return end }
        while end < text.count, text[end] == UInt8(ascii: ","), endOfDigits(from: end + 1) == end + 4 { end += 4 }
        return end
    }

    private func endOfExponent(from index: Int) -> Int {
        guard index < text.count, text[index] | 0x20 == UInt8(ascii: "e") else { return index }
        var digits = index + 1
        if digits < text.count, text[digits] == UInt8(ascii: "-") || text[digits] == UInt8(ascii: "+") { digits += 1 }
        return isDigit(digits) ? endOfDigits(from: digits) : index
    }

    private func endOfDigits(from start: Int) -> Int {
        var index = start
        while isDigit(index) { index += 1 }
        return index
    }

    private func isDigit(_ index: Int) -> Bool {
        text.indices.contains(index) && (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text[index])
    }

    /// Preceded by a letter, or by a hyphen after a letter.
    private func isInsideWord(_ index: Int) -> Bool {
        isLetter(index - 1) || (index > 0 && text[index - 1] == UInt8(ascii: "-") && isLetter(index - 2))
    }

    private func isLetter(_ index: Int) -> Bool {
        guard text.indices.contains(index) else { return false }
        return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(text[index] | 0x20) || text[index] == UInt8(ascii: "_")
    }
}
