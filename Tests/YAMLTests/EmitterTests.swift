import Diagnostics
import Foundation
import Testing
import YAML

@Suite struct EmitterTests {
    @Test func whatIsEmittedIsReadAgain() {
        var generator = SeededGenerator(seed: 7)
        for round in 0..<6_000 {
            let value = RandomValue.value(&generator)
            let emitter = YAMLEmitter(
                indentation: generator.pick([2, 2, 4, 1]), listIndentation: generator.pick([2, 0, 1, 4]))
            let isFlow = generator.chance(25)
            let text = isFlow ? emitter.flow(value) + "\n" : emitter.emit(value)
            let result = Parser.parse(SourceFile(name: "emitted", text: text))
            let isSame =
                result.diagnostics.isEmpty && result.document?.root.map { matches(value, $0) } ?? (value == .null)
            #expect(isSame, "round \(round): \(value)\n\(text)\n\(TextRenderer().render(result.diagnostics))")
            if !isSame { return }
        }
    }

    @Test func emittingIsDeterministicAndStable() throws {
        var generator = SeededGenerator(seed: 8)
        for _ in 0..<300 {
            let text = YAMLEmitter().emit(RandomValue.map(&generator))
            let root = try #require(Parser.parse(SourceFile(name: "t", text: text)).document?.root)
            #expect(YAMLEmitter().emit(YAMLValue(root)) == text)
        }
    }

    /// Each case holds a value as emitted and, beside it, what PyYAML's safe loader made of the same bytes
    /// (`compare.py` in the folder wrote the second).
    @Test func otherReadersAgree() throws {
        let folder = Golden.cases.appendingPathComponent("emitted")
        var generator = SeededGenerator(seed: 9)
        let value = YAMLValue.list((0..<150).map { _ in .string(RandomValue.string(&generator)) })
        try Golden.expect(Array(YAMLEmitter().emit(value).utf8), equals: folder.appendingPathComponent("strings.yaml"))
        let json = try Data(contentsOf: folder.appendingPathComponent("strings.pyyaml.json"))
        let read = try JSONDecoder().decode([String].self, from: json)
        guard case .list(let items) = value else { return }
        let expected = items.map { item in if case .string(let text) = item { text } else { "" } }
        #expect(read.count == expected.count)
        for (one, other) in zip(read, expected) { #expect(Array(one.utf8) == Array(other.utf8)) }
    }

    @Test func plainWhereItCanBe() {
        let emitter = YAMLEmitter()
        for text in [
            "ml.g5.12xlarge", "10.0.0.0/16", "10.0.0.1", "s3://bucket/key", "a b", "use1-az4", "x#y", "-x", "a,b",
            "v1.2.3",
        ] {
            #expect(emitter.emit(.string(text)) == text + "\n")
        }
        for text in [
            "", "1.30", "yes", "Null", "1:30", "2024-01-01", "a: b", "a #b", " x", "x ", "x:", "- a", "012345678901",
        ] {
            #expect(emitter.emit(.string(text)) == "\"\(text)\"\n")
        }
        #expect(emitter.flow(.list([.string("a,b"), .typed("1.30")])) == "[\"a,b\", 1.30]")
    }

    private func matches(_ value: YAMLValue, _ node: Node) -> Bool {
        switch (value, node.content) {
        case (.null, _): node.isNull
        case (.bool(let bool), .scalar(let scalar)): scalar.asBool == bool
        case (.int(let int), .scalar(let scalar)): scalar.asInt == int
        case (.double(let double), .scalar(let scalar)): scalar.asDouble == double
        case (.string(let text), .scalar(let scalar)):
            scalar.kind == .string && scalar.text.utf8.elementsEqual(text.utf8)
        case (.list(let values), .sequence(let items)):
            values.count == items.count && zip(values, items).allSatisfy(matches)
        case (.map(let members), .mapping(let entries)):
            members.count == entries.count
                && zip(members, entries).allSatisfy {
                    $0.key.utf8.elementsEqual($1.name.utf8) && matches($0.value, $1.value)
                }
        default: false
        }
    }
}
