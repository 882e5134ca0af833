/// Problems as commands of a GitHub workflow, which shows them at the lines of a change.
///
///     ::error file=config.yaml,line=14,col=5,endLine=14,endColumn=17,title=SCHEMA001::unknown key `instnce_type`
///
/// Source of the form: GitHub docs, "Workflow commands for GitHub Actions".
public enum GitHubAnnotations {
    /// One command, ending in a newline.
    public static func line(_ entry: DiagnosticReport.Entry) -> String {
        var properties: [String] = []
        if let file = entry.file { properties.append("file=\(property(file))") }
        if let range = entry.range {
            properties.append("line=\(range.start.line)")
            // Columns only hold within one line.
            if range.start.line == range.end.line {
                properties.append("col=\(range.start.column)")
                properties.append("endLine=\(range.end.line)")
                properties.append("endColumn=\(max(range.start.column, range.end.column - 1))")
            } else {
                properties.append("endLine=\(range.end.line)")
            }
        }
        properties.append("title=\(property(entry.id))")
        var text = entry.message
        for note in entry.notes { text += "\nnote: " + note.message + place(note) }
        if let fix = entry.fix { text += "\nfix: " + fix.description }
        return "::\(command(entry.severity)) \(properties.joined(separator: ","))::\(data(text))\n"
    }

    private static func command(_ severity: Diagnostic.Severity) -> String {
        switch severity {
        case .error: "error"
        case .warning: "warning"
        case .note: "notice"
        }
    }

    private static func place(_ note: DiagnosticReport.Note) -> String {
        guard let file = note.file, let start = note.range?.start else { return "" }
        return " (\(file):\(start.line):\(start.column))"
    }

    private static func data(_ text: String) -> String {
        escape(text, ["%": "%25", "\r": "%0D", "\n": "%0A"])
    }

    private static func property(_ text: String) -> String {
        escape(text, ["%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"])
    }

    private static func escape(_ text: String, _ names: [Unicode.Scalar: String]) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if let name = names[scalar] {
                result.append(contentsOf: name.unicodeScalars)
            } else {
                result.append(scalar)
            }
        }
        return String(result)
    }
}
