/// Prints problems for people: id, message, place, the line with a caret, notes and the fix.
///
///     error[SCHEMA001]: unknown key `instnce_type`
///       --> config.yaml:14:5
///        |
///     14 |     instnce_type: ml.p5.48xlarge
///        |     ^^^^^^^^^^^^ did you mean `instance_type`?
///        = fix: write `instance_type`
public struct TextRenderer: Sendable {
    private let style: TextStyle

    /// Renders with or without colour; only the caller knows whether its output is a terminal.
    public init(style: TextStyle = .plain) {
        self.style = style
    }

    /// All problems, each followed by an empty line.
    public func render(_ diagnostics: some Sequence<Diagnostic>) -> String {
        diagnostics.map { render($0) + "\n" }.joined()
    }

    /// One problem, ending in a newline.
    public func render(_ diagnostic: Diagnostic) -> String {
        let heading = style.severity(diagnostic.severity, "\(diagnostic.severity.rawValue)[\(diagnostic.id)]")
        var lines = ["\(heading)\(style.strong(": " + diagnostic.message))"]
        let gutter = gutterWidth(diagnostic)
        if let span = diagnostic.span {
            lines += excerpt(of: span, label: diagnostic.label, severity: diagnostic.severity, gutter: gutter)
        }
        for note in diagnostic.notes {
            lines.append("\(pad("", gutter)) \(style.faint("="))\(style.strong(" note:")) \(note.message)")
            if let span = note.span { lines += excerpt(of: span, label: nil, severity: .note, gutter: gutter) }
        }
        if let fix = diagnostic.fix {
            lines.append("\(pad("", gutter)) \(style.faint("="))\(style.strong(" fix:")) \(fix.description)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func gutterWidth(_ diagnostic: Diagnostic) -> Int {
        let spans = [diagnostic.span].compactMap { $0 } + diagnostic.notes.compactMap(\.span)
        return String(spans.map { $0.start.line }.max() ?? 1).count
    }

    private func excerpt(
        of span: SourceSpan, label: String?, severity: Diagnostic.Severity, gutter: Int
    ) -> [String] {
        let start = span.start
        let file = span.file
        let line = file.lineRange(start.line)
        let first = min(max(span.range.lowerBound, line.lowerBound), line.upperBound)
        let last = min(max(span.range.upperBound, first), line.upperBound)
        let lineStart = line.lowerBound == 0 ? min(file.byteOrderMarkLength, first) : line.lowerBound
        let before = file.text(in: lineStart..<first)
        let marked = file.text(in: first..<last)

        // Tabs are copied into the caret line, so that the caret stands under its column at any tab width.
        let shown = Excerpt(before: before, marked: marked, after: file.text(in: last..<line.upperBound))
        let indent = Self.indent(of: shown.before)
        let width = shown.marked.unicodeScalars.reduce(0) { $0 + $1.columnWidth }
        let carets = String(repeating: "^", count: max(1, width))
        let text = shown.before + shown.marked + shown.after
        let bar = style.faint("|")
        return [
            "\(pad("", gutter))\(style.faint("-->")) \(file.name):\(start.line):\(start.column)",
            "\(pad("", gutter)) \(bar)",
            "\(pad(String(start.line), gutter)) \(bar) \(text)",
            "\(pad("", gutter)) \(bar) \(indent)\(style.severity(severity, carets + (label.map { " " + $0 } ?? "")))",
        ]
    }

    /// Blanks as wide as a text, its tabs kept.
    private static func indent(of text: String) -> String {
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return blanks(text.utf8.count) }
        return text.unicodeScalars.map { $0 == "\t" ? "\t" : blanks($0.columnWidth) }.joined()
    }

    private func pad(_ text: String, _ width: Int) -> String {
        Self.blanks(width - text.count) + text
    }

    private static func blanks(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
}
