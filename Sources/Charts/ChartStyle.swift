/// The rules that charts are drawn by. A page defines the colours: `--ink`, `--faint`, `--grid` and `--mark`.
public enum ChartStyle {
    public static let css = """
        .chart { max-width: 100%; height: auto; font: 12px system-ui, sans-serif; }
        .chart.wide { min-width: 34rem; }
        .chart text { fill: var(--faint); }
        .chart .title { fill: var(--ink); font-weight: 600; }
        .chart .grid { stroke: var(--grid); stroke-width: 1; }
        .chart .line { fill: none; stroke: var(--mark); stroke-width: 2; stroke-linejoin: round; }
        .chart .interval { stroke: var(--mark); stroke-width: 2; }
        .chart .dot, .chart .bar { fill: var(--mark); }
        """
}
