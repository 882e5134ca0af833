import Diagnostics
import Foundation
import Testing
import YAML

@Suite struct ParserTests {
    @Test func validCasesGiveTheExpectedTree() throws {
        let inputs = try Golden.files(in: "valid", endings: ["yaml"])
        #expect(inputs.count >= 20)
        for input in inputs {
            let result = Parser.parse(SourceFile(name: input.lastPathComponent, bytes: try Golden.bytes(input)))
            #expect(
                result.diagnostics.isEmpty, "\(input.lastPathComponent): \(TextRenderer().render(result.diagnostics))")
            guard let document = result.document else { continue }
            let golden = input.deletingPathExtension().appendingPathExtension("tree")
            try Golden.expect(Array(TreeDump.dump(document).utf8), equals: golden)
        }
        try Golden.expectNoOrphans(in: "valid", inputs: inputs, golden: "tree")
    }

    @Test func invalidCasesGiveTheExpectedProblems() throws {
        let inputs = try Golden.files(in: "invalid", endings: ["yaml"])
        #expect(inputs.count >= 40)
        for input in inputs {
            let result = Parser.parse(SourceFile(name: input.lastPathComponent, bytes: try Golden.bytes(input)))
            #expect(result.hasErrors, "\(input.lastPathComponent) has no error")
            let rendered = TextRenderer().render(result.diagnostics)
            let golden = input.deletingPathExtension().appendingPathExtension("txt")
            try Golden.expect(Array(rendered.utf8), equals: golden)
        }
        try Golden.expectNoOrphans(in: "invalid", inputs: inputs, golden: "txt")
    }

    @Test func everyRuleOfReadingHasACase() throws {
        var seen: Set<String> = ["YAML015", "YAML020"]
        for input in try Golden.files(in: "invalid", endings: ["yaml"]) {
            let result = Parser.parse(SourceFile(name: "case", bytes: try Golden.bytes(input)))
            seen.formUnion(result.diagnostics.map(\.id))
        }
        for rule in YAMLRule.allCases where rule.id < "YAML030" {
            #expect(seen.contains(rule.id), "no case for \(rule.id): \(rule.summary)")
        }
        #expect(Set(YAMLRule.allCases.map(\.summary)).count == YAMLRule.allCases.count)
    }

    @Test func mechanicalFixesOfSyntaxErrorsHelp() throws {
        for input in try Golden.files(in: "invalid", endings: ["yaml"]) {
            let file = SourceFile(name: input.lastPathComponent, bytes: try Golden.bytes(input))
            let result = Parser.parse(file)
            let problems = result.diagnostics.filter { !($0.fix?.edits.isEmpty ?? true) }
            guard problems.count == 1, result.diagnostics.count == 1, let fix = problems[0].fix else { continue }
            let mended = Parser.parse(SourceFile(name: file.name, bytes: fix.edits.applied(to: file.bytes)))
            let remaining = mended.diagnostics.first
            #expect(
                remaining.map { $0.span?.start != problems[0].span?.start || $0.id != problems[0].id } ?? true,
                "\(file.name): the fix leaves the problem where it was")
        }
    }

    @Test(arguments: [1, 60, 150, 199])
    func deepNestingIsRead(depth: Int) {
        let flow = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        #expect(Parser.parse(SourceFile(name: "deep", text: flow)).diagnostics.isEmpty)
        let block = (0..<depth).map { String(repeating: " ", count: $0) + "k:\n" }.joined()
        #expect(Parser.parse(SourceFile(name: "deep", text: block)).diagnostics.isEmpty)
    }

    @Test(arguments: [1_000, 10_000, 100_000])
    func tooDeepNestingIsAnErrorAtItsPlace(depth: Int) {
        for text in [
            String(repeating: "[", count: depth), String(repeating: "{a: ", count: depth),
            String(repeating: "- ", count: depth), String(repeating: "[\n", count: depth),
            (0..<min(depth, 3_000)).map { String(repeating: " ", count: $0) + "k:\n" }.joined(),
        ] {
            let result = Parser.parse(SourceFile(name: "deep", text: text))
            #expect(result.diagnostics.map(\.id) == ["YAML016"])
            #expect(result.document == nil)
        }
    }

    @Test func depthCountsWhatAliasesNest() {
        var text = "a0: &a0 [x]\n"
        for level in 1...400 { text += "a\(level): &a\(level) [*a\(level - 1)]\n" }
        let result = Parser.parse(SourceFile(name: "deep", text: text))
        #expect(result.diagnostics.map(\.id) == ["YAML016"])
    }

    @Test func aliasBombsAreCountedAndNotExpanded() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...9 {
            let names = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(names)]\n"
        }
        let result = Parser.parse(SourceFile(name: "bomb", text: text))
        #expect(result.diagnostics.map(\.id) == ["YAML015"])
        #expect(result.document == nil)
    }

    @Test func mergeKeysHaveALimitOfTheirOwn() {
        var text = "base: &base {" + (0..<2_000).map { "k\($0): 1" }.joined(separator: ", ") + "}\n"
        for index in 0..<600 { text += "m\(index): {<<: *base}\n" }
        let result = Parser.parse(SourceFile(name: "merge", text: text))
        #expect(result.diagnostics.map(\.id) == ["YAML015"])
    }

    @Test func expansionBelowTheLimitIsRead() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...4 {
            let names = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(names)]\n"
        }
        #expect(Parser.parse(SourceFile(name: "bomb", text: text)).diagnostics.isEmpty)
    }

    @Test func sizeHasALimit() {
        let file = SourceFile(name: "large", text: "abcdef")
        #expect(Parser.parse(file, limits: ParserLimits(bytes: 5)).diagnostics.map(\.id) == ["YAML020"])
        #expect(Parser.parse(file, limits: ParserLimits(bytes: 6)).diagnostics.isEmpty)
    }

    @Test func spansCoverExactlyTheBytesOfTheValue() throws {
        let text = "\u{FEFF}é: \"ü\"\r\n日本: [\u{1F600}, 'b']\r\nlast: 1.30"
        let root = try #require(Parser.parse(SourceFile(name: "t", text: text)).document?.root)
        #expect(root["é"]?.span.text == "\"ü\"")
        #expect(root["日本"]?.sequence?.map(\.span.text) == ["\u{1F600}", "'b'"])
        #expect(root["last"]?.span.text == "1.30")
        #expect(root["last"]?.scalar?.text == "1.30")
    }

    @Test func manyKeysAreFoundToBeDuplicates() {
        let keys = (0..<5_000).map { "key\($0): 1\n" }.joined()
        #expect(Parser.parse(SourceFile(name: "t", text: keys)).diagnostics.isEmpty)
        #expect(Parser.parse(SourceFile(name: "t", text: keys + "key77: 2\n")).diagnostics.map(\.id) == ["YAML010"])
    }

    @Test func keysDifferByCodePoints() {
        let text = "\u{E9}: 1\ne\u{301}: 2\n"
        let root = Parser.parse(SourceFile(name: "t", text: text)).document?.root
        #expect(root?["\u{E9}"]?.scalar?.text == "1")
        #expect(root?["e\u{301}"]?.scalar?.text == "2")
    }
}
