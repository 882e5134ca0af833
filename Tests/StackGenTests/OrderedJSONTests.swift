import Diagnostics
import StackGen
import Testing

struct OrderedJSONTests {
    private func parse(_ text: String) throws -> OrderedJSON {
        try OrderedJSON.parse(SourceFile(name: "data.json", text: text))
    }

    @Test func orderAndNumbersAreKept() throws {
        let value = try parse(#"{"z": 1, "a": 1.0, "m": [true, null, -0.5e3, 9223372036854775808], "z": "last"}"#)
        #expect(
            value
                == .object([
                    .init(key: "z", value: .string("last")), .init(key: "a", value: .double(1)),
                    .init(key: "m", value: .array([.bool(true), .null, .double(-500), .double(9223372036854775808)])),
                ]))
    }

    @Test func escapes() throws {
        let value = try parse(#""\" \\ \/ \b\f\n\r\t \u00e9 \ud83d\ude80""#)
        #expect(value == .string("\" \\ / \u{8}\u{c}\n\r\t é 🚀"))
    }

    @Test(arguments: [
        ("", 1), ("{", 2), ("[1,]", 4), ("{\"a\" 1}", 6), ("01", 1), ("1.", 1), ("\"a", 3), ("\"\\x\"", 2),
        ("\"\\ud800\"", 8), ("nul", 1), ("1 2", 3), ("\"\u{1}\"", 2), ("{a: 1}", 2), ("-", 1),
    ])
    func errorsHaveAPlace(_ text: String, _ column: Int) throws {
        let error = try #require(throws: DiagnosticError.self) { try parse(text) }
        #expect(error.diagnostics.map(\.id) == ["JSON001"])
        #expect(error.diagnostics.first?.span?.start.column == column)
    }

    @Test func deepNestingIsAnErrorNotACrash() {
        #expect(throws: DiagnosticError.self) { try parse(String(repeating: "[", count: 100_000)) }
    }
}
