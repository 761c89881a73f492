/// How the page of a report looks, by day, by night, and on paper.
enum ReportStyle {
    static let css = """
        :root { --paper: #ffffff; --ink: #1c2127; --faint: #57606a; --grid: #d8dee4; --mark: #0b62c4; }
        @media (prefers-color-scheme: dark) {
          :root { --paper: #14181d; --ink: #e6e9ed; --faint: #9aa4af; --grid: #333b44; --mark: #6cb2ff; }
        }
        @media print {
          :root { --paper: #ffffff; --ink: #000000; --faint: #444444; --grid: #cccccc; --mark: #0b62c4; }
          section { break-inside: avoid; }
        }
        * { box-sizing: border-box; }
        body { margin: 0 auto; max-width: 60rem; padding: 2rem 1.25rem 4rem; background: var(--paper); color: var(--ink);
          font: 16px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; }
        h1 { font-size: 1.75rem; line-height: 1.2; margin: 0; }
        h2 { font-size: 1.2rem; margin: 2.5rem 0 0.5rem; padding-top: 1rem; border-top: 1px solid var(--grid); }
        .note { color: var(--faint); margin: 0.25rem 0 1rem; max-width: 44rem; }
        .pictures { display: flex; flex-wrap: wrap; gap: 0.75rem 1.25rem; margin-bottom: 1rem;
          overflow-x: auto; }
        .table { overflow-x: auto; }
        table { border-collapse: collapse; font-size: 0.875rem; font-variant-numeric: tabular-nums; }
        th, td { padding: 0.35rem 0.9rem 0.35rem 0; text-align: left; vertical-align: top;
          border-bottom: 1px solid var(--grid); white-space: nowrap; }
        th { color: var(--faint); font-weight: 600; }
        td.long { white-space: normal; min-width: 14rem; max-width: 30rem; overflow-wrap: anywhere; }
        .number { text-align: right; }
        summary { cursor: pointer; color: var(--mark); padding: 0.25rem 0; }
        """
}
