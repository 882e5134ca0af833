import Diagnostics
import Testing

@testable import StackSchemas

/// Every field, every kind of damage: the right id on the right line, one error for one cause, never a crash.
@Suite struct MutationTests {
    /// A damaged value and the ids that may answer it.
    struct Damage: Sendable {
        let value: String
        let ids: Set<String>
    }

    private static let paths = StackKind.clusterStack.info.paths.filter { $0.path != "kind" && $0.path != "version" }

    @Test(arguments: paths) func reportsDamageAtItsLine(_ item: SchemaPath) {
        for damage in Self.damages(of: item.field.shape) {
            if item.field.isOptional, damage.value == "null" { continue }
            let document = MutatedDocument(item.path, value: damage.value)
            let checked = ConfigChecker.check(SourceFile(name: "config.yaml", text: document.text))
            let errors = checked.diagnostics.filter { $0.severity == .error }
            #expect(
                errors.count == 1, "\(item.path): \(damage.value)\n\(TextRenderer().render(errors))\(document.text)")
            guard let first = errors.first else { continue }
            #expect(damage.ids.contains(first.id), "\(item.path): \(damage.value) gives \(first.id)")
            // What has no value is shown by its key.
            let column = first.id == SchemaRule.noValue.id ? document.keyColumn : document.valueColumn
            #expect(first.span?.start.line == document.line, "\(item.path): \(damage.value)")
            #expect(first.span?.start.column == column, "\(item.path): \(damage.value)")
            #expect(
                Self.places(of: document.text) == Self.places(of: document.windowsText), "\(item.path): \(damage.value)"
            )
        }
    }

    /// Ids, lines and columns of everything that is found.
    private static func places(of text: String) -> [String] {
        ConfigChecker.check(SourceFile(name: "config.yaml", text: text)).diagnostics.map {
            "\($0.id) \($0.span?.start.line ?? 0):\($0.span?.start.column ?? 0)"
        }
    }

    @Test(arguments: paths) func findsTheSecondOfAKey(_ item: SchemaPath) {
        let document = MutatedDocument(item.path, value: Self.sound(item.field.shape), times: 2)
        let checked = ConfigChecker.check(SourceFile(name: "config.yaml", text: document.text))
        let twice = checked.diagnostics.filter { $0.id == "YAML010" }
        #expect(twice.count == 1, "\(item.path)\n\(document.text)")
        #expect(twice.first?.span?.start.line == document.line, "\(item.path)")
        #expect(twice.first?.span?.start.column == document.keyColumn, "\(item.path)")
        #expect(twice.first?.notes.first?.span?.start.line == document.line - 1, "\(item.path)")
    }

    @Test(arguments: paths.filter(\.field.isRequired)) func findsWhatIsMissing(_ item: SchemaPath) throws {
        // Another field of the record is there in its place.
        let document = MutatedDocument(item.path, value: "", times: 0)
        let checked = ConfigChecker.check(SourceFile(name: "config.yaml", text: document.text))
        let errors = checked.diagnostics.filter { $0.severity == .error }
        let key = try #require(item.path.split(separator: ".").last?.replacing("[]", with: ""))
        #expect(
            errors.contains { $0.id == SchemaRule.missingKey.id && $0.message.contains("`\(key)`") },
            "\(item.path)\n\(TextRenderer().render(errors))\(document.text)")
        #expect(errors.count == 1, "\(item.path)\n\(TextRenderer().render(errors))\(document.text)")
    }

    /// A value of the right type.
    private static func sound(_ shape: Shape) -> String {
        switch shape {
        case .list: "[]"
        case .map, .record: "{}"
        default: "1"
        }
    }

    @Test(arguments: paths) func suggestsTheKey(_ item: SchemaPath) {
        guard let key = item.path.split(separator: ".").last else { return }
        let document = MutatedDocument(item.path, value: "1", suffix: "z")
        let checked = ConfigChecker.check(SourceFile(name: "config.yaml", text: document.text))
        let unknown = checked.diagnostics.filter { $0.id == SchemaRule.unknownKey.id }
        #expect(unknown.count == 1)
        #expect(unknown.first?.span?.start.line == document.line)
        #expect(unknown.first?.fix?.edits.first?.replacement == String(key), "\(item.path)")
        #expect(checked.diagnostics.filter { $0.severity == .error }.count == 1, "\(item.path)")
    }

    /// Bytes changed at random: whatever comes out, every problem has a place inside the text, and the same text gets
    /// the same answer.
    @Test(arguments: 1...8) func survivesRandomDamage(_ seed: UInt64) {
        let original = Array(Scaffold(name: "ml-cluster", region: "us-east-1").configText(for: .clusterStack).utf8)
            .split(separator: UInt8(ascii: "\n")).filter { !$0.drop { $0 == 0x20 }.starts(with: [0x23]) }
            .joined(separator: [UInt8(ascii: "\n")])
        var state = seed &* 0x9E37_79B9_7F4A_7C15
        func random(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        for _ in 0..<100 {
            var bytes = Array(original)
            for _ in 0...random(4) {
                let place = random(bytes.count)
                switch random(3) {
                case 0: bytes[place] = UInt8(random(256))
                case 1: bytes.remove(at: place)
                default: bytes.insert(Array(" :-#[]{}'\"&*!|>\n\t".utf8)[random(17)], at: place)
                }
            }
            let first = ConfigChecker.check(SourceFile(name: "c", bytes: bytes))
            let again = ConfigChecker.check(SourceFile(name: "c", bytes: bytes))
            #expect(TextRenderer().render(first.diagnostics) == TextRenderer().render(again.diagnostics))
            for diagnostic in first.diagnostics {
                #expect((diagnostic.span?.range.upperBound ?? .max) <= bytes.count)
            }
        }
    }

    private static func damages(of shape: Shape) -> [Damage] {
        let type = SchemaRule.wrongType.id
        let empty = Damage(value: "", ids: [SchemaRule.noValue.id])
        switch shape {
        case .boolean:
            return [empty, .init(value: "[true]", ids: [type]), .init(value: "{a: 1}", ids: [type])]
                + ["maybe", "yes", "\"true\"", "1", "null"].map { .init(value: $0, ids: [type]) }
        case .integer(let low, let high):
            let range = [low.map { $0 - 1 }, high.map { $0 + 1 }].compactMap { $0 }
            return [empty, .init(value: "[1]", ids: [type]), .init(value: "{a: 1}", ids: [type])]
                + ["many", "\"1\"", "1.5"].map { .init(value: $0, ids: [type]) }
                + [.init(value: "99999999999999999999", ids: [SchemaRule.outOfRange.id])]
                + range.map { .init(value: String($0), ids: [SchemaRule.outOfRange.id]) }
        case .integerChoice:
            return [empty, .init(value: "7", ids: [SchemaRule.outOfRange.id]), .init(value: "x", ids: [type])]
        case .number:
            return [empty, .init(value: "many", ids: [type]), .init(value: ".inf", ids: [type])]
                + [.init(value: "-1", ids: [SchemaRule.outOfRange.id])]
        case .choice:
            return [empty, .init(value: "[a]", ids: [type]), .init(value: "{a: 1}", ids: [type])]
                + [.init(value: "Nonsense", ids: [SchemaRule.unknownChoice.id])]
        case .text(let format):
            return [empty, .init(value: "[a]", ids: [type]), .init(value: "{a: 1}", ids: [type])]
                + textDamages(format)
        case .list:
            return [empty, .init(value: "nonsense", ids: [type]), .init(value: "{a: 1}", ids: [type])]
        case .map:
            return [empty, .init(value: "nonsense", ids: [type]), .init(value: "[a]", ids: [type])]
        case .record:
            return [empty, .init(value: "nonsense", ids: [type]), .init(value: "[a, b]", ids: [type])]
        }
    }

    private static func textDamages(_ format: TextFormat) -> [Damage] {
        var damages = [
            Damage(value: "\"{{resolve:ssm:/x}}\"", ids: [SchemaRule.dynamicReference.id]),
            Damage(value: "\"a\\u0001b\"", ids: [SchemaRule.controlCharacter.id]),
        ]
        if format.pattern != nil {
            let ids: Set = [SchemaRule.malformedText.id, SchemaRule.textLength.id]
            damages.append(Damage(value: "\"🙂 no such thing\"", ids: ids))
        }
        if let most = format.maximumLength {
            let long = String(repeating: "a", count: most + 1)
            damages.append(Damage(value: long, ids: [SchemaRule.textLength.id, SchemaRule.malformedText.id]))
        }
        return damages
    }
}

/// A valid configuration in which one value, on a line of its own, is replaced.
struct MutatedDocument {
    private(set) var lines: [String] = []
    private(set) var line = 0
    private(set) var keyColumn = 0
    private(set) var valueColumn = 0
    private let times: Int

    var text: String { lines.joined(separator: "\n") + "\n" }
    /// The same with the line ends and the mark of editors under Windows.
    var windowsText: String { "\u{FEFF}" + lines.joined(separator: "\r\n") + "\r\n" }

    /// - Parameter times: how often the key is there.
    init(_ path: String, value: String, suffix: String = "", times: Int = 1) {
        self.times = times
        let segments = path.split(separator: ".").map(String.init)
        let base = [
            "kind": "cluster-stack", "version": "\"1.0\"", "name": "ml-cluster", "region": "us-east-1",
            "vpc": "{availability_zones: [use1-az4, use1-az6]}",
            "instance_groups":
                "[{name: workers, instance_type: ml.g5.12xlarge, count: 2, availability_zone: use1-az6}]",
        ]
        let root = segments[0].replacing("[]", with: "")
        for key in ["kind", "version", "name", "region", "vpc", "instance_groups"] where key != root {
            lines.append("\(key): \(base[key] ?? "")")
        }
        write(segments[...], StackKind.clusterStack.info.root, indent: "", value: value, suffix: suffix)
    }

    private mutating func write(
        _ segments: ArraySlice<String>, _ record: RecordInfo, indent: String, value: String, suffix: String
    ) {
        guard let segment = segments.first else { return }
        let isItem = segment.hasSuffix("[]")
        let key = segment.replacing("[]", with: "")
        guard segments.count > 1, let inner = record.fields.first(where: { $0.key == key })?.shape.record else {
            for _ in 0..<times { lines.append("\(indent)\(key)\(suffix): \(value)") }
            // A record without any key is still a record.
            if times == 0, let last = lines.last, last.hasSuffix(":") || last.hasSuffix("-") {
                lines[lines.count - 1] = last + " {}"
            }
            line = lines.count
            keyColumn = indent.count + 1
            valueColumn = keyColumn + key.count + suffix.count + 2
            return
        }
        lines.append("\(indent)\(key):")
        if isItem { lines.append("\(indent)  -") }
        let deeper = indent + (isItem ? "    " : "  ")
        let next = segments.dropFirst().first?.replacing("[]", with: "")
        var siblings = inner.fields.filter(\.isRequired).map { ($0.key, ($0.example ?? .null).flowText) }
        siblings += Self.extras[inner.name] ?? []
        for (name, text) in siblings where name != next && !lines.contains("\(deeper)\(name): \(text)") {
            lines.append("\(deeper)\(name): \(text)")
        }
        write(segments.dropFirst(), inner, indent: deeper, value: value, suffix: suffix)
    }

    /// What makes a record meaningful beside its required keys.
    private static let extras = [
        "instance_group": [("instance_type", "ml.g5.12xlarge")],
        "vpc": [("availability_zones", "[use1-az4, use1-az6]")],
        "fsx": [("throughput_mbps_per_tib", "250")], "fsx_metadata": [("mode", "AUTOMATIC")],
    ]
}
