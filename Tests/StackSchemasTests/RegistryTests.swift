import Diagnostics
import Testing

@testable import StackSchemas

/// The declarations, tested against themselves.
@Suite struct RegistryTests {
    private let kind = StackKind.clusterStack

    @Test func keysAreUniqueAndWellFormed() {
        let key = TextPattern("^([a-z][a-z0-9]*(_[a-z0-9]+)*|[A-Z][A-Za-z0-9]*)$")
        var records = StackKind.all.map(\.info.root)
        while let record = records.popLast() {
            let keys = record.fields.map(\.key)
            #expect(keys.count <= FieldSet.capacity, "\(record.name) has more fields than are kept track of")
            #expect(Set(keys).count == keys.count, "\(record.name) repeats a key")
            #expect(keys.filter { !key.matches($0) } == [])
            records += record.fields.compactMap(\.shape.record)
        }
    }

    @Test func recordsOfOneNameAreEqual() {
        var seen: [String: RecordInfo] = [:]
        for path in kind.info.paths {
            guard let record = path.field.shape.record else { continue }
            if let other = seen.updateValue(record, forKey: record.name) { #expect(other == record) }
        }
    }

    @Test func everyFieldIsDescribed() {
        for item in kind.info.paths {
            #expect(item.field.summary.hasSuffix("."), "\(item.path)")
            #expect(item.field.summary.count > 5, "\(item.path)")
            let isSettled = item.field.defaultValue != nil || item.field.isRequired || item.field.isOptional
            #expect(isSettled, "\(item.path) has neither default nor is it optional or required")
            let needsExample = item.field.defaultValue == nil
            #expect(!needsExample || item.field.example != nil, "\(item.path) has no example")
        }
    }

    @Test func everyDefaultAndExampleIsValid() {
        for item in kind.info.paths {
            for value in [item.field.defaultValue, item.field.example].compactMap({ $0 }) {
                if item.field.shape.record != nil, value != item.field.defaultValue { continue }
                let text: String = if case .string(let text) = value { text } else { value.flowText }
                let outcome = FieldCheck.check(text, at: item.path, kind: kind)
                #expect(outcome.diagnostics.map(\.message) == [], "\(item.path): \(text)")
                #expect(outcome.value == value, "\(item.path): \(text)")
            }
        }
    }

    @Test func everyFormatFitsItsExample() {
        for item in kind.info.paths {
            for format in item.field.shape.formats {
                let pattern = TextPattern(format)
                #expect(pattern?.isWellFormed ?? true, "\(format.name)")
                #expect(pattern?.matches(format.example) ?? true, "\(format.name): \(format.example)")
            }
        }
    }

    @Test func rulesAreDescribed() {
        let ids = RuleRegistry.all.map(\.id)
        #expect(Set(ids).count == ids.count)
        #expect(ids.count >= 100)
        let form = TextPattern("^(NET|EKS|HLM|GRP|FSX|GOV|ADD|IAM|S3|STK)[0-9]{3}$")
        for rule in RuleRegistry.all {
            #expect(form.matches(rule.id), "\(rule.id)")
            #expect(rule.summary.hasSuffix("."), "\(rule.id)")
            #expect(rule.reason.hasSuffix("."), "\(rule.id)")
            #expect(!rule.source.isEmpty && !rule.reads.isEmpty, "\(rule.id)")
        }
    }

    @Test func rulesReadFieldsThatExist() {
        for rule in RuleRegistry.all {
            for path in rule.reads {
                #expect(kind.info.root.field(at: path.keys) != nil, "\(rule.id) reads \(path)")
            }
        }
    }

    @Test func flagsAreUnique() {
        let flags = kind.info.flags.compactMap(\.flag)
        #expect(Set(flags).count == flags.count)
        #expect(flags.contains("--eks-version"))
        #expect(!flags.contains { $0.contains("[") })
    }

    @Test func everySubjectIsExplained() {
        for subject in Explain.subjects(of: kind) {
            #expect(Explain.text(for: subject, kind: kind) != nil, "\(subject)")
        }
        #expect(Explain.text(for: "nonsense", kind: kind) == nil)
    }
}

extension Shape {
    fileprivate var formats: [TextFormat] {
        switch self {
        case .text(let format): [format]
        case .list(let item, _, _, _): item.formats
        case .map(let keys, let values, _): [keys] + values.formats
        default: []
        }
    }
}
