import Diagnostics
import Testing
import YAML

@Suite struct PathTests {
    @Test(
        arguments: [
            ("eks.version", [.key("eks"), .key("version")]),
            ("instance_groups[gpu-workers].count", [.key("instance_groups"), .name("gpu-workers"), .key("count")]),
            ("instance_groups[0].count", [.key("instance_groups"), .index(0), .key("count")]),
            ("a[-1]", [.key("a"), .index(-1)]),
            ("tags[\"a.b\"]", [.key("tags"), .name("a.b")]),
            ("tags.\"a.b\".c", [.key("tags"), .key("a.b"), .key("c")]),
            ("fsx.x[/data].auto_import", [.key("fsx"), .key("x"), .name("/data"), .key("auto_import")]),
            ("x[file_system_path=/data]", [.key("x"), .match(key: "file_system_path", value: "/data")]),
            ("x[\"0\"]", [.key("x"), .name("0")]),
            ("x[a=\"b]c\"]", [.key("x"), .match(key: "a", value: "b]c")]),
            ("[0][1]", [.index(0), .index(1)]),
            ("größe", [.key("größe")]),
            ("x[\"\"]", [.key("x"), .name("")]),
        ] as [(String, [YAMLPath.Segment])])
    func pathsAreRead(text: String, expected: [YAMLPath.Segment]) throws {
        let path = try YAMLPath(parsing: text)
        #expect(path.segments == expected)
        #expect(try YAMLPath(parsing: path.description).description == path.description)
    }

    @Test(arguments: [
        ("", 1), (".", 1), ("a.", 3), ("a..b", 3), ("a[", 2), ("a[]", 2), ("a[0", 2), ("a[0]b", 5), ("a=b", 2),
        ("a[\"b]", 3), ("a]", 2), (".a", 1), ("a.\"b", 3),
    ])
    func brokenPathsAreReportedAtTheirPlace(text: String, column: Int) {
        #expect {
            try YAMLPath(parsing: text)
        } throws: { error in
            let diagnostic = (error as? DiagnosticError)?.diagnostics.first
            return diagnostic?.id == "YAML030" && diagnostic?.span?.start.column == column
                && diagnostic?.span?.file.name == "<argument>" && diagnostic?.fix != nil
        }
    }
}
