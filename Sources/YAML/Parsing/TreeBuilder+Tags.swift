import Diagnostics

extension TreeBuilder {
    private static let corePrefix = "tag:yaml.org,2002:"

    /// The core tag of a scalar; reports one that has no meaning here.
    mutating func coreTag(_ tag: String?, isNonSpecific: Bool, at range: Range<Int>) -> Scalar.CoreTag? {
        guard let tag else { return isNonSpecific ? .string : nil }
        switch tag {
        case "!", Self.corePrefix + "str": return .string
        case Self.corePrefix + "null": return .null
        case Self.corePrefix + "bool": return .bool
        case Self.corePrefix + "int": return .int
        case Self.corePrefix + "float": return .float
        case Self.corePrefix + "map", Self.corePrefix + "seq":
            sink.report(.tagOnOtherKind(span(range), written: file.text(in: range), kind: "a single value"))
        default:
            sink.report(.unknownTag(span(range), written: file.text(in: range)))
        }
        return nil
    }

    /// Reports a scalar whose text is not what its tag promises.
    mutating func checkTag(of scalar: Scalar, _ node: Node) {
        let holds =
            switch scalar.tag {
            case .null: scalar.isNull
            case .bool: scalar.asBool != nil
            case .int: CoreSchema.isInteger(scalar.text)
            case .float: scalar.asDouble != nil
            case .string, nil: true
            }
        guard !holds, let tag = node.tag?.dropFirst(Self.corePrefix.count) else { return }
        sink.report(
            YAMLRule.tagMismatch.error(
                "the value is tagged `!!\(tag)` but is not of this type", at: node.span,
                fix: Diagnostic.Fix("remove the tag, or write a value of its type")))
    }

    /// Reports a collection's tag unless it is the core tag of its kind.
    mutating func checkCollectionTag(_ tag: String, isMapping: Bool, at range: Range<Int>) {
        switch tag {
        case "!": return
        case Self.corePrefix + "map" where isMapping, Self.corePrefix + "seq" where !isMapping: return
        case Self.corePrefix + "map", Self.corePrefix + "seq", Self.corePrefix + "str", Self.corePrefix + "null",
            Self.corePrefix + "bool", Self.corePrefix + "int", Self.corePrefix + "float":
            let kind = isMapping ? "a map" : "a list"
            sink.report(.tagOnOtherKind(span(range), written: file.text(in: range), kind: kind))
        default:
            sink.report(.unknownTag(span(range), written: file.text(in: range)))
        }
    }
}

extension Diagnostic {
    private static let functionNames: Set<String> = [
        "Ref", "Sub", "GetAtt", "Join", "If", "ImportValue", "FindInMap", "Select", "Split", "Base64", "Cidr",
        "Equals", "And", "Or", "Not", "GetAZs", "Condition", "Transform",
    ]

    fileprivate static func unknownTag(_ span: SourceSpan, written: String) -> Diagnostic {
        var notes: [Note] = []
        if functionNames.contains(String(written.dropFirst())) {
            notes.append(Note("`\(written)` is a function of CloudFormation templates; this file holds plain values"))
        } else if written.contains("python") {
            notes.append(Note("the tag asks a reader to make an object of a programming language"))
        }
        let remove = TextEdit(span: span, replacement: "")
        return YAMLRule.unknownTag.error(
            "the tag `\(written)` has no meaning here", at: span, notes: notes,
            fix: Fix(
                "remove the tag, or quote the value if the `!` is part of it", edits: notes.isEmpty ? [] : [remove]))
    }

    fileprivate static func tagOnOtherKind(_ span: SourceSpan, written: String, kind: String) -> Diagnostic {
        YAMLRule.tagMismatch.error(
            "the tag `\(written)` does not fit \(kind)", at: span,
            fix: Fix("remove the tag", edits: [TextEdit(span: span, replacement: "")], isSafe: true))
    }
}
