import Diagnostics
import YAML

extension ConfigDecoder {
    /// A value of another type than the field's.
    mutating func reportType(_ node: Node, expected: Shape, suggestion: String? = nil) {
        var fix = suggestion.map { Diagnostic.Fix.correct(node.span, to: $0) }
        if fix == nil, case .list(let item, _, _, _) = expected, item.isScalar, let scalar = node.scalar, !node.isNull {
            fix = .correct(node.span, to: "[\(ConfigValue.string(scalar.text).flowText)]")
        }
        if fix == nil, case .list = expected, node.mapping != nil {
            fix = Diagnostic.Fix("put `- ` before the first key, so that the map becomes an item of a list")
        }
        if fix == nil, expected.isScalar, let only = node.sequence?.first?.scalar, node.sequence?.count == 1 {
            fix = .correct(node.span, to: ConfigValue.string(only.text).flowText)
        }
        fail(
            .wrongType, "\(subject) is \(node.kindDescription), not \(Self.words(expected))",
            at: node.problemSpan, label: "expected \(Self.words(expected))", fix: fix)
    }

    /// A whole number of more than 64 bits.
    mutating func reportUnholdable(_ node: Node, _ text: String) {
        let word = text.hasPrefix("-") ? "small" : "large"
        fail(.outOfRange, "\(subject) is \(text), far too \(word)", at: node.span)
    }

    /// Something else where a map with known keys belongs.
    mutating func reportNotMap(_ node: Node, keys: [String]) {
        let shown = keys.prefix(6).joined(separator: ", ") + (keys.count > 6 ? ", …" : "")
        var fix: Diagnostic.Fix?
        if let items = node.sequence, items.count == 1, items[0].mapping != nil {
            fix = Diagnostic.Fix("remove the `- `: \(subject) is one map, not a list of maps")
        }
        fail(
            .wrongType, "\(subject) is \(node.kindDescription), not a map", at: node.problemSpan,
            label: "expected a map", notes: [Diagnostic.Note("its keys are \(shown)")], fix: fix)
    }

    /// A text that is none of the choices.
    mutating func reportChoice(_ node: Node, choices: [String], shape: Shape) {
        guard let scalar = node.scalar, !node.isNull else { return reportType(node, expected: shape) }
        let nearest =
            choices.first { $0.lowercased() == scalar.text.lowercased() }
            ?? Spelling.nearest(to: scalar.text, in: choices)
        fail(
            .unknownChoice, "\(subject) cannot be `\(scalar.text)`", at: node.span,
            label: nearest.map { "did you mean `\($0)`?" },
            notes: [Diagnostic.Note("it takes \(choices.joined(separator: ", "))")],
            fix: nearest.map { .correct(node.span, to: $0) })
    }

    /// A key that the record does not have. Gives the key that was probably meant.
    mutating func reportUnknownKey(_ entry: Node.Entry, known: [String], present: [String]) -> String? {
        let free = known.filter { !present.contains($0) }
        let nearest = Spelling.nearest(to: entry.name, in: free) ?? Self.sameWords(entry.name, free)
        let place = path.isEmpty ? "the configuration" : subject
        path.append(.key(entry.name))
        defer { path.removeLast() }
        let shown = known.count <= 16 ? known.joined(separator: ", ") : nil
        fail(
            .unknownKey, "\(place) has no key `\(entry.name)`", at: entry.key.span,
            label: nearest.map { "did you mean `\($0)`?" },
            notes: nearest == nil ? shown.map { [Diagnostic.Note("its keys are \($0)")] } ?? [] : [],
            fix: nearest.map { .correct(entry.key.span, to: $0) } ?? Diagnostic.Fix("remove the key"))
        return nearest
    }

    /// Required keys that are not there; those that were only misspelt have been reported as such.
    mutating func reportMissing(_ missing: [String], misspelt: [String], in node: Node) {
        for key in missing { brokenPaths.append(ConfigPath(path + [.key(key)])) }
        let keys = missing.filter { !misspelt.contains($0) }
        if keys.isEmpty { return }
        let names = keys.map { "`\($0)`" }
        let list = names.count == 1 ? names[0] : names.dropLast().joined(separator: ", ") + " and " + (names.last ?? "")
        let place = path.isEmpty ? "the configuration" : subject
        diagnostics.append(
            .error(
                SchemaRule.missingKey.id, "\(place) lacks \(list)", at: node.problemSpan,
                fix: Diagnostic.Fix("add " + keys.map { "`\($0): …`" }.joined(separator: ", "))))
    }

    /// A text that has not the format of its type.
    mutating func report(
        _ defect: TextDefect, node: Node, text: String, format: TextFormat, correction: String?
    ) {
        // A name or a region that is written otherwise is another one: a person decides.
        let fix = correction.map { Diagnostic.Fix.replace(node.span, with: $0) }
        var notes = [Diagnostic.Note("for example \(ConfigValue.string(format.example).flowText)")]
        switch defect {
        case .length(let count):
            let rule = TextFormat("", length: Self.lengths(format), example: "").constraintDescription ?? ""
            fail(.textLength, "\(subject) has \(count) characters, not \(rule)", at: node.span, fix: fix)
        case .pattern:
            if let rule = format.rule { notes.insert(Diagnostic.Note("it has to be \(rule)"), at: 0) }
            fail(.malformedText, "\(subject) is not \(format.name)", at: node.span, notes: notes, fix: fix)
        case .other(let problem):
            fail(.malformedText, "\(subject) is not \(format.name): \(problem)", at: node.span, fix: fix)
        }
    }

    private static func lengths(_ format: TextFormat) -> ClosedRange<Int> {
        (format.minimumLength ?? 0)...max(format.minimumLength ?? 0, format.maximumLength ?? .max)
    }

    /// A key that differs only in case, in `-` for `_`, or in a missing unit.
    private static func sameWords(_ word: String, _ candidates: [String]) -> String? {
        let folded = word.lowercased().filter { $0 != "-" && $0 != "_" }
        return candidates.first { candidate in
            let other = candidate.filter { $0 != "_" }
            return other == folded || (folded.count >= 4 && (other.hasPrefix(folded) || other.hasSuffix(folded)))
        }
    }

    private static func words(_ shape: Shape) -> String { shape.description }
}

extension ConfigDecoder {
    /// Checks a value against the limits of its field; reports and gives false where it is outside.
    mutating func check(_ node: Node, against limits: Limits) -> Bool {
        switch node.content {
        case .scalar(let scalar): checkNumber(scalar, node, limits)
        case .sequence(let items):
            checkCount(items.count, node, limits) && (!limits.isUnique || checkUnique(items))
        case .mapping(let entries): checkCount(entries.count, node, limits)
        }
    }

    private mutating func checkNumber(_ scalar: Scalar, _ node: Node, _ limits: Limits) -> Bool {
        guard let value = scalar.asDouble else { return true }
        if let choices = limits.choices, !choices.contains(where: { Double($0) == value }) {
            let list = choices.map(String.init).joined(separator: ", ")
            fail(.outOfRange, "\(subject) is \(scalar.text), not one of \(list)", at: node.span)
            return false
        }
        if let minimum = limits.minimum, value < minimum {
            let bound = ConfigValue.number(minimum).flowText
            fail(.outOfRange, "\(subject) is \(scalar.text), less than \(bound)", at: node.span)
            return false
        }
        if let maximum = limits.maximum, value > maximum {
            let bound = ConfigValue.number(maximum).flowText
            fail(.outOfRange, "\(subject) is \(scalar.text), more than \(bound)", at: node.span)
            return false
        }
        return true
    }

    private mutating func checkCount(_ count: Int, _ node: Node, _ limits: Limits) -> Bool {
        if let most = limits.maximumCount, count > most {
            fail(.itemCount, "\(subject) has \(count) items, more than \(most)", at: node.problemSpan)
            return false
        }
        if let least = limits.minimumCount, count < least {
            fail(.itemCount, "\(subject) has \(count) items, fewer than \(least)", at: node.problemSpan)
            return false
        }
        return true
    }

    private mutating func checkUnique(_ items: [Node]) -> Bool {
        var first: [String: Node] = [:]
        for item in items {
            guard let text = item.scalar?.text else { continue }
            if let earlier = first[text] {
                fail(
                    .repeatedItem, "\(subject) holds `\(text)` twice", at: item.span,
                    notes: [Diagnostic.Note("first here", at: earlier.span)], fix: Diagnostic.Fix("remove one of them"))
                return false
            }
            first[text] = item
        }
        return true
    }
}

extension Node {
    /// Where a problem with the whole value is shown: the value, or the first line of a collection.
    var problemSpan: SourceSpan {
        let whole = span
        let line = whole.file.lineRange(whole.start.line)
        return whole.range.upperBound <= line.upperBound
            ? whole : SourceSpan(whole.file, whole.range.lowerBound..<max(whole.range.lowerBound, line.upperBound))
    }
}
