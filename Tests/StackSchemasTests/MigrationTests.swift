import Diagnostics
import StackSchemas
import Testing
import YAML

@Suite struct MigrationTests {
    private static let text = """
        # mine
        kind: cluster-stack
        version: "1.0"  # kept
        eks: {version: '1.34', old: 1}
        groups:
          - name: a   # first

        """
    private static let migration = SchemaMigration(
        from: "1.0", to: "1.1",
        steps: [
            .rename("groups", to: "instance_groups"), .rename("nothing", to: "something"), .remove("eks.old"),
            .set("eks.upgrade_policy", .string("EXTENDED")), .set("kind", .string("other")),
        ])

    @Test func changesOnlyWhatTheStepsSay() throws {
        var editor = try DocumentEditor(SourceFile(name: "c", text: Self.text))
        let summary = try Self.migration.apply(to: &editor)
        let expected = """
            # mine
            kind: cluster-stack
            version: "1.1"  # kept
            eks: {version: '1.34', upgrade_policy: EXTENDED}
            instance_groups:
              - name: a   # first

            """
        #expect(String(decoding: editor.bytes, as: UTF8.self) == expected)
        #expect(
            summary == [
                "groups is called instance_groups", "eks.old is gone",
                "eks.upgrade_policy is EXTENDED, which held so far", "version is 1.1",
            ])
    }

    @Test func refusesWhatWouldReachOtherPlaces() throws {
        let file = SourceFile(name: "c", text: "base: &b {old: 1}\neks: *b\nversion: \"1.0\"\n")
        var editor = try DocumentEditor(file)
        #expect(throws: DiagnosticError.self) { _ = try Self.migration.apply(to: &editor) }
        #expect(editor.bytes == file.bytes)
    }

    /// Every version but the newest has a way to the next one.
    @Test func everyVersionLeadsToTheNewest() {
        for kind in StackKind.all {
            #expect(kind.migrations.map(\.from) == kind.versions.dropLast())
            #expect(kind.migrations.map(\.to) == Array(kind.versions.dropFirst()))
        }
    }
}
