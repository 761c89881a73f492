import Foundation
import Testing

@testable import Charts

@Suite("Charts")
struct ChartTests {
    private func line(_ values: [Double?], title: String = "quality") -> String {
        LineChart(
            id: "q", title: title, labels: values.indices.map { "day \($0)" }, values: values, unit: .score, top: 1
        ).svg
    }

    @Test("a picture says in words what it shows, for those who do not see it")
    func words() {
        let svg = line([0.5, nil, 0.75, 0.25])
        #expect(svg.contains("role=\"img\" aria-labelledby=\"q-title q-summary\""))
        #expect(svg.contains("<title id=\"q-title\">quality</title>"))
        #expect(svg.contains("0.50 on day 0, 0.25 on day 3; between 0.25 and 0.75."))
        #expect(line([]).contains("There are no values.") && line([nil]).contains("There are no values."))
    }

    @Test("where nothing is known, the line has a gap")
    func gaps() {
        #expect(line([0.1, 0.2, nil, 0.3, 0.4]).components(separatedBy: "<path").count - 1 == 2)
        #expect(line([0.1, nil, 0.4]).components(separatedBy: "<path").count - 1 == 0, "single points are dots")
        #expect(line([0.1, nil, 0.4]).components(separatedBy: "<circle").count - 1 == 2)
    }

    @Test("higher values are drawn higher, and none outside")
    func heights() throws {
        let svg = line([0, 0.5, 1, 7])
        let heights = svg.matches(of: /cy="([\d.]+)"/).compactMap { Double($0.output.1) }
        #expect(heights == [126, 78, 30, 30])
    }

    @Test("long figures beside the axis stay inside the picture")
    func longFigures() throws {
        let svg = LineChart(
            id: "c", title: "cost", labels: ["a", "b"], values: [0.000_012, 0.000_004], unit: .dollars
        ).svg
        let figure = try #require(svg.firstMatch(of: /x="([\d.]+)" y="34" text-anchor="end">(\$[\d.]+)</))
        let end = try #require(Double(figure.output.1))
        #expect(figure.output.2 == "$0.000012" && end >= 7.2 * Double(figure.output.2.count))
    }

    @Test("rows show their interval or their bar, and the value beside it")
    func rows() {
        let rows = [
            RowChart.Row("ada", 0.8, interval: 0.7...0.9),
            RowChart.Row("a name that is longer than there is room", 0.4),
        ]
        let svg = RowChart(id: "r", title: "t", rows: rows, unit: .score, top: 1).svg
        #expect(svg.contains("ada: 0.80 (0.70 to 0.90); a name that is longer than there is room: 0.40."))
        #expect(svg.contains("class=\"interval\"") && svg.contains("class=\"bar\""))
        #expect(svg.contains(">a name that is longer…</text>"))
        #expect(RowChart(id: "r", title: "t", rows: [], unit: .count).svg.contains("There are no values."))
    }

    @Test("what others wrote stays text")
    func escapes() throws {
        let bad = "</title><script>alert(1)</script>\" onload='x' & \u{1}"
        let svg = line([1], title: bad) + RowChart(id: bad, title: bad, rows: [.init(bad, 1)], unit: .count).svg
        #expect(!svg.contains("<script") && !svg.contains("onload='") && !svg.contains("\u{1}"))
        #expect(
            escaped(bad)
                == "&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;&quot; onload=&#39;x&#39; &amp; \u{FFFD}")
    }

    @Test(
        "scales end at round figures", arguments: [(0, 1), (0.3, 0.3), (0.31, 0.4), (0.9, 1), (2.37, 2.4), (130, 160)])
    func scales(highest: Double, top: Double) {
        let scale = Scale([0, highest], unit: .score)
        #expect(abs(scale.range.upperBound - top) < 1e-12 && scale.ticks.count == 3)
        #expect(scale.place(highest, on: 100) <= 100 && Scale([.nan, .infinity], unit: .score).range.upperBound == 1)
    }

    @Test(
        "of whole numbers the half is marked only where it is one",
        arguments: [(0, 2), (1, 2), (3, 4), (5, 6), (12, 12)])
    func wholes(highest: Double, top: Double) {
        #expect(Scale([highest], unit: .count).ticks == [0, top / 2, top])
    }

    @Test("money is shown with as many digits as it takes")
    func dollars() {
        let amounts = [0, 12.5, 0.5, 0.042, 0.00042, 0.0000004]
        #expect(amounts.map(Unit.dollars.text) == ["$0.00", "$12.50", "$0.50", "$0.042", "$0.00042", "$0.000000"])
        #expect(Unit.count.text(3.0) == "3")
    }
}
