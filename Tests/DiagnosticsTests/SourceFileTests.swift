import Diagnostics
import Testing

@Suite struct SourceFileTests {
    private let file = SourceFile(name: "f", text: "\u{FEFF}aé\r\n日本\n\n\u{1F600}x")

    @Test(arguments: [
        (0, 1, 1), (3, 1, 1), (4, 1, 2), (6, 1, 3), (7, 1, 4), (8, 2, 1), (11, 2, 2), (14, 2, 3), (15, 3, 1),
        (16, 4, 1),
        (20, 4, 2), (21, 4, 3), (99, 4, 3), (-5, 1, 1),
    ])
    func places(offset: Int, line: Int, column: Int) {
        #expect(file.location(at: offset) == SourceLocation(line: line, column: column))
    }

    @Test func offsetsAndPlacesAreInverse() {
        for offset in [3, 4, 6, 8, 11, 14, 15, 16, 20, 21] {
            #expect(file.offset(of: file.location(at: offset)) == offset)
        }
        #expect(file.offset(of: SourceLocation(line: 2, column: 99)) == 14)
        #expect(file.offset(of: SourceLocation(line: 99, column: 1)) == 16)
    }

    @Test func linesAreWithoutTheirEndings() {
        #expect((1...4).map { file.text(in: file.lineRange($0)) } == ["\u{FEFF}aé", "日本", "", "\u{1F600}x"])
        #expect(file.lineCount == 4)
        #expect(SourceFile(name: "e", text: "").lineRange(1) == 0..<0)
        #expect(SourceFile(name: "e", text: "a\n").lineCount == 2)
    }

    @Test func problemsAreSortedByPlace() {
        let other = SourceFile(name: "a", text: "xyz")
        let sorted = [
            Diagnostic.error("B", "", at: SourceSpan(file, 4..<5)), .error("A", "", at: SourceSpan(file, 4..<5)),
            .warning("C", "", at: SourceSpan(other, 2..<3)), .error("D", ""),
            .error("E", "", at: SourceSpan(file, 3..<4)),
        ].sortedByPlace()
        #expect(sorted.map(\.id) == ["D", "C", "E", "A", "B"])
    }

    @Test func sinksKnowErrors() {
        var sink = DiagnosticSink()
        sink.report(.warning("W", "w"))
        #expect(!sink.hasErrors)
        sink.report(contentsOf: [.error("E", "e")])
        #expect(sink.hasErrors && sink.diagnostics.count == 2)
    }

    @Test(
        arguments: [
            ("instnce_type", "instance_type"), ("Version", "version"), ("conut", "count"), ("zzz", nil), ("v", nil),
            ("eks", "eks"),
        ] as [(String, String?)])
    func spelling(word: String, expected: String?) {
        let known = ["instance_type", "version", "count", "eks", "availability_zone"]
        #expect(Spelling.nearest(to: word, in: known) == expected)
    }
}
