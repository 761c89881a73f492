/// What talks a gullible judge into a high score.
enum Persuasion {
    static func isFound(in text: String) -> Bool {
        Disguise.readings(of: text).contains { reading in
            patterns.contains { reading.contains($0) } || phrases.contains { reading.lowercased().contains($0) }
        }
    }

    nonisolated(unsafe) private static let patterns = [
        // The best mark, near a word for giving one.
        #/
        (?: give|award|assign|set|rate|score|grade|mark|return|output|answer|respond|report|deserve|verdict )
        [^\n]{0,90}?
        (?: \b1\.0 | 100\ ?% | 10\/10 | 5\/5 | five\ out\ of\ five | full\ marks | top\ marks | maximum | highest | perfect )
        /#.ignoresCase(),
        // A verdict that is there already.
        /"(?:score|overall|accuracy|relevance)"\s*:\s*(?:1(?:\.0+)?|5)\s*[,}]/.ignoresCase(),
        /<(?:score|verdict|accuracy)>\s*1(?:\.0)?\s*</.ignoresCase(),
    ]

    private static let phrases = [
        "volle punktzahl", "note maximale", "puntuación máxima", "pontuação máxima", "punteggio massimo", "满分", "満点",
        "최고 점수", "высший балл", "الدرجة الكاملة", "पूरे अंक", "en yüksek puan", "giveit1.0", "giveitthehighest",
    ]
}
