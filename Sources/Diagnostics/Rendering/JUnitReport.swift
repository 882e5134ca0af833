/// Problems as a JUnit report: a suite for every file, in it a test case for every problem, and one that passes
/// where a file has none.
///
/// Errors are failures; warnings and notes are test cases that pass with a text, unless warnings count as errors.
/// Source of the form: the schema of Jenkins' xUnit plugin, `junit-10.xsd`.
public struct JUnitReport: Sendable {
    /// What was found in one file.
    public struct Suite: Sendable {
        /// The file.
        public var name: String
        /// Its problems.
        public var entries: [DiagnosticReport.Entry]

        /// What was found in one file.
        public init(name: String, entries: [DiagnosticReport.Entry]) {
            self.name = name
            self.entries = entries
        }
    }

    /// The least severity that is a failure.
    private let limit: Diagnostic.Severity

    /// A report; with `limit` as the least severity that counts as a failure.
    public init(failingFrom limit: Diagnostic.Severity = .error) {
        self.limit = limit
    }

    /// The lines before the first suite.
    public func header(tool: String) -> String {
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"\(Self.escape(tool))\">\n"
    }

    /// One suite, ending in a newline.
    public func text(of suite: Suite) -> String {
        let failures = suite.entries.count { $0.severity >= limit }
        let count = max(1, suite.entries.count)
        let name = Self.escape(suite.name)
        var lines = ["  <testsuite name=\"\(name)\" tests=\"\(count)\" failures=\"\(failures)\" errors=\"0\">"]
        if suite.entries.isEmpty { lines.append("    <testcase classname=\"\(name)\" name=\"valid\"/>") }
        for entry in suite.entries { lines += testCase(entry, of: name) }
        return (lines + ["  </testsuite>"]).joined(separator: "\n") + "\n"
    }

    /// The lines behind the last suite.
    public var footer: String { "</testsuites>\n" }

    private func testCase(_ entry: DiagnosticReport.Entry, of file: String) -> [String] {
        let place = entry.range.map { " at \($0.start.line):\($0.start.column)" } ?? ""
        let title = Self.escape(entry.id + place)
        let element = entry.severity >= limit ? "failure" : "system-out"
        let attributes =
            element == "failure" ? " type=\"\(Self.escape(entry.id))\" message=\"\(Self.escape(entry.message))\"" : ""
        var text = "\(entry.severity.rawValue)[\(entry.id)]: \(entry.message)\n"
        if let file = entry.file, let start = entry.range?.start {
            text += "  --> \(file):\(start.line):\(start.column)\n"
        }
        for note in entry.notes { text += "  note: \(note.message)\n" }
        if let fix = entry.fix { text += "  fix: \(fix.description)\n" }
        return [
            "    <testcase classname=\"\(file)\" name=\"\(title)\">",
            "      <\(element)\(attributes)>\(Self.escape(text))</\(element)>",
            "    </testcase>",
        ]
    }

    /// Text of an element or an attribute (XML 1.0, production 2): what XML cannot hold becomes a replacement character.
    private static func escape(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result.append(contentsOf: "&amp;".unicodeScalars)
            case "<": result.append(contentsOf: "&lt;".unicodeScalars)
            case ">": result.append(contentsOf: "&gt;".unicodeScalars)
            case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
            case "\n", "\t": result.append(scalar)
            default:
                let isAllowed = scalar.value >= 0x20 && scalar.value != 0xFFFE && scalar.value != 0xFFFF
                result.append(isAllowed ? scalar : "\u{FFFD}")
            }
        }
        return String(result)
    }
}
