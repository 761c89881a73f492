/// Rows of text under titles, for a terminal: numbers to the right, everything else to the left.
struct Table {
    struct Column {
        let title: String
        let isNumber: Bool

        static func text(_ title: String) -> Column { Column(title: title, isNumber: false) }
        static func number(_ title: String) -> Column { Column(title: title, isNumber: true) }
    }

    let columns: [Column]
    private(set) var rows: [[String]] = []

    init(_ columns: Column..., rows: [[String]] = []) {
        self.columns = columns
        self.rows = rows
    }

    mutating func add(_ cells: String...) { add(cells) }

    mutating func add(_ cells: [String]) { rows.append(cells) }

    /// The table, or `nothing` when it has no rows.
    func text(orNothing nothing: String) -> String { rows.isEmpty ? nothing : text }

    var text: String {
        let titles = columns.map { title($0.title) }
        let widths = columns.indices.map { index in
            ([titles] + rows).map { index < $0.count ? $0[index].count : 0 }.max() ?? 0
        }
        return ([Terminal.bold(line(titles, widths))] + rows.map { line($0, widths) }).joined(separator: "\n")
    }

    /// In capitals, but for Greek: a capital kappa or rho would be taken for a K or P.
    private func title(_ text: String) -> String {
        String(text.map { $0.isASCII ? Character($0.uppercased()) : $0 })
    }

    private func line(_ cells: [String], _ widths: [Int]) -> String {
        let padded = zip(zip(cells, columns), widths).map { cell, width in
            let gap = String(repeating: " ", count: max(0, width - cell.0.count))
            return cell.1.isNumber ? gap + cell.0 : cell.0 + gap
        }
        let line = padded.joined(separator: "  ")
        return String(line.reversed().drop { $0 == " " }.reversed())
    }
}
