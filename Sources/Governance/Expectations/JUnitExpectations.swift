/// Promises as JUnit's XML, for continuous integration.
public enum JUnitExpectations {
    /// A test suite with a case for each promise.
    /// - Parameter name: the suite: the jobs file.
    public static func xml(_ outcomes: [ExpectationOutcome], name: String) -> String {
        let failures = outcomes.count { $0.failure != nil }
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        text += "<testsuites tests=\"\(outcomes.count)\" failures=\"\(failures)\">\n"
        text += "  <testsuite name=\"\(escaped(name))\" tests=\"\(outcomes.count)\" failures=\"\(failures)\">\n"
        for outcome in outcomes {
            let opening = "    <testcase classname=\"expect\" name=\"\(escaped(outcome.expectation.text))\""
            if let failure = outcome.failure {
                text += opening + ">\n      <failure message=\"\(escaped(failure))\"/>\n    </testcase>\n"
            } else {
                text += opening + "/>\n"
            }
        }
        return text + "  </testsuite>\n</testsuites>\n"
    }

    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result += scalar.value < 0x20 ? " " : String(scalar)
            }
        }
        return result
    }
}

extension JUnitExpectations {
    /// A text of several lines, with what means something in XML written otherwise.
    static func escapedLines(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { escaped(String($0)) }.joined(
            separator: "\n")
    }
}
