/// How parts of a message are set off on a terminal.
public enum TextStyle: Sendable {
    /// No escape sequence at all: for files, pipes and tests.
    case plain
    /// ANSI colours.
    case ansi

    /// A problem's heading or caret line.
    public func severity(_ severity: Diagnostic.Severity, _ text: String) -> String {
        switch severity {
        case .error: wrap(text, "1;31")
        case .warning: wrap(text, "1;33")
        case .note: wrap(text, "1;36")
        }
    }

    /// A heading.
    public func strong(_ text: String) -> String { wrap(text, "1") }

    /// What frames the text: bars and arrows.
    public func faint(_ text: String) -> String { wrap(text, "34") }

    /// Success.
    public func good(_ text: String) -> String { wrap(text, "1;32") }

    private func wrap(_ text: String, _ code: String) -> String {
        switch self {
        case .plain: text
        case .ansi: "\u{1B}[\(code)m\(text)\u{1B}[0m"
        }
    }
}
