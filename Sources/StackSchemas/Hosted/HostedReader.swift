import Diagnostics
import YAML

/// Reads the spellings that `hyp` takes into the ones that the schema knows, each at its place.
///
/// `hyp` reads YAML 1.1 and hands the result to Pydantic, which is generous with scalars: `yes` and `"on"` are true,
/// `"1200"` is a number, a key without a value is absent, and keys inside a group may be in snake case. What means the
/// same to a reader of YAML 1.2 is taken without a word, what could be misread is reported, and what cannot be meant is
/// an error.
struct HostedReader {
    /// The tree for decoding: the schema's own spellings, absent keys left out.
    private(set) var document: Document
    /// The same with the absent keys, for finding places.
    private(set) var located: Document
    private(set) var diagnostics: [Diagnostic] = []
    /// What stands in the lists of groups, item by item, by the place of the list.
    private var slots: [Int: [HostedSlot]] = [:]

    /// Reads a document whose root is a map.
    init(_ document: Document, root: Node) {
        self.document = document
        self.located = document
        let shape = Shape.record(HostedStack.schema.info)
        let read = read(root, shape)
        self.located = document.with(root: read)
        self.document = document.with(root: Self.withoutAbsent(read, shape))
    }

    private mutating func read(_ node: Node, _ shape: Shape) -> Node {
        if node.isNull { return node }
        switch shape {
        case .record(let info):
            guard let entries = node.mapping else { return unquoted(node, shape) }
            return node.with(.mapping(entries.map { read($0, info) }))
        case .list(let item, _, _, _):
            guard let items = node.sequence else { return unquoted(node, shape) }
            guard item.record?.name == HostedGroup.schema.name else {
                return node.with(.sequence(items.map { read($0, item) }))
            }
            return node.with(.sequence(groups(in: items, of: node).map { read($0, item) }))
        case .boolean: return boolean(node)
        case .integer, .integerChoice: return integer(node)
        case .number, .text, .choice, .map: return node
        }
    }

    private mutating func read(_ entry: Node.Entry, _ info: RecordInfo) -> Node.Entry {
        let respells = Self.respellsKeys(of: info.name)
        guard
            let field = info.fields.first(where: {
                $0.key == entry.name || respells && Self.snakeCase($0.key) == entry.name
            })
        else { return entry }
        let key = field.key == entry.name ? entry.key : entry.key.with(.scalar(Scalar(field.key)))
        if entry.value.isNull, let value = field.defaultValue, Self.isWorthSaying(value),
            info.name == HostedStack.schema.name
        {
            diagnostics.append(.defaultHolds(entry, value))
        }
        return entry.with(key: key, value: read(entry.value, field.shape))
    }

    /// Whether a person may have meant something else by writing nothing.
    private static func isWorthSaying(_ value: ConfigValue) -> Bool {
        switch value {
        case .null, .list([]), .string(""): false
        default: true
        }
    }

    // MARK: Scalars

    private mutating func boolean(_ node: Node) -> Node {
        guard let scalar = node.scalar, scalar.asBool == nil else { return node }
        let value: Bool
        switch scalar.text.lowercased() {
        case "true", "yes", "on", "y", "t", "1", "1.0": value = true
        case "false", "no", "off", "n", "f", "0", "0.0": value = false
        default: return node
        }
        diagnostics.append(.word(node, value))
        return node.with(.scalar(Scalar(value ? "true" : "false")))
    }

    /// `hyp` takes quoted digits. A zero in front makes an octal number of YAML 1.1, so nobody knows what is meant.
    private mutating func integer(_ node: Node) -> Node {
        guard let scalar = node.scalar else { return node }
        let number = grouped(node, Self.wholeNumber(scalar))
        let digits = number.drop { $0 == "-" || $0 == "+" }
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return node }
        if digits.utf8.count > 1, digits.hasPrefix("0") {
            diagnostics.append(.octal(node, scalar.text))
            return node
        }
        return scalar.style == .plain && number == scalar.text ? node : node.with(.scalar(Scalar(number)))
    }

    /// `1200.0`, `1.2e+3` and `" 1200 "` are whole numbers to Pydantic.
    private static func wholeNumber(_ scalar: Scalar) -> String {
        let text = scalar.text.trimmingBlanks
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        if parts.count == 2, !parts[1].isEmpty, parts[1].allSatisfy({ $0 == "0" }) { return String(parts[0]) }
        guard scalar.style == .plain, scalar.kind == .float, let number = scalar.asDouble,
            let whole = Int(exactly: number)
        else { return text }
        return String(whole)
    }

    /// `1_200` is a number to YAML 1.1 and to Pydantic.
    private mutating func grouped(_ node: Node, _ text: String) -> String {
        guard text.contains("_"), text.first?.isNumber == true, text.last?.isNumber == true else { return text }
        let number = text.filter { $0 != "_" }
        guard Int(number) != nil, !number.hasPrefix("0") else { return text }
        diagnostics.append(.grouped(node, text, number))
        return number
    }

    // MARK: Lists and maps written as text

    /// A list or a map inside quotes: `hyp` takes none in `config.yaml`, and makes no groups of broken JSON.
    private mutating func unquoted(_ node: Node, _ shape: Shape) -> Node {
        guard let scalar = node.scalar, let first = scalar.text.first, first == "[" || first == "{" else { return node }
        let parsed = Parser.parse(SourceFile(name: "<text>", text: scalar.text))
        let problem = parsed.diagnostics.first { $0.severity == .error }
        diagnostics.append(.quoted(node, scalar.text, problem: problem?.message))
        // What was reported is not judged again: an empty value of the right form stands in its place.
        if case .list = shape { return node.with(.sequence([])) }
        return node
    }

    // MARK: Groups

    /// The groups that the items of a list hold. An item is a group, a list of groups, or the JSON text of a list of
    /// groups; each goes into one parameter, and the hosted function reads all three.
    private mutating func groups(in items: [Node], of list: Node) -> [Node] {
        var groups: [Node] = []
        var kinds: [HostedSlot] = []
        for item in items {
            let slot = HostedSlot(item)
            kinds.append(slot)
            switch slot {
            case .group: groups.append(item)
            case .list(let nested): groups += nested
            case .text(_, let nested): groups += nested
            case .broken: diagnostics.append(.brokenGroup(item))
            }
        }
        slots[list.span.range.lowerBound] = kinds
        return groups
    }

    /// What goes into each numbered parameter of a list of groups; `nil` without the list.
    func parameters(of key: String) -> [ConfigValue]? {
        guard let list = document.root?[key], let groups = list.sequence else { return nil }
        var rest = groups[...]
        return (slots[list.span.range.lowerBound] ?? []).compactMap { slot in
            let own = rest.prefix(slot.count).map { ConfigValue($0) }
            rest = rest.dropFirst(slot.count)
            switch slot {
            case .group: return own.first
            case .list: return .list(own)
            case .text(let text, _): return .string(text)
            case .broken: return nil
            }
        }
    }

    /// The lists of groups in which one could not be read, so that nothing is said of what they hold together.
    var brokenLists: [[String]] {
        ["instance_group_settings", "rig_settings"].filter { key in
            guard let list = document.root?[key] else { return false }
            return (slots[list.span.range.lowerBound] ?? []).contains { $0.count == 0 }
        }.map { [$0] }
    }

    /// Whether a place is one of a group inside a text, where no byte of the value has a place of its own.
    func isInsideText(_ span: SourceSpan) -> Bool {
        slots.values.joined().contains { slot in
            if case .text(_, let groups) = slot { groups.first?.span == span } else { false }
        }
    }

    // MARK: Absent keys

    /// Without the keys that have no value, and without the empty texts that `hyp` writes for absent ids.
    private static func withoutAbsent(_ node: Node, _ shape: Shape) -> Node {
        switch (node.content, shape) {
        case (.mapping(let entries), .record(let info)):
            return node.with(
                .mapping(
                    entries.compactMap { entry in
                        // Older files of hyp name the template in a key instead of a comment.
                        if info.name == HostedStack.schema.name, entry.name == "template" { return nil }
                        guard let field = info.fields.first(where: { $0.key == entry.name }) else { return entry }
                        if entry.value.isNull { return nil }
                        if field.isOptional, entry.value.scalar?.text.isEmpty == true { return nil }
                        return entry.with(key: entry.key, value: withoutAbsent(entry.value, field.shape))
                    }))
        case (.sequence(let items), .list(let item, _, _, _)):
            return node.with(.sequence(items.map { withoutAbsent($0, item) }))
        default: return node
        }
    }

    // MARK: Keys

    /// Whether the keys of a record may be in snake case: hyp respells those of groups and leaves those of tags, of
    /// which CloudFormation then takes none.
    static func respellsKeys(of record: String) -> Bool { record != HostedTag.schema.name }

    /// `VolumeSizeInGB` as `hyp` lets one write it: `volume_size_in_gb`.
    static func snakeCase(_ key: String) -> String {
        var result = ""
        var wasLower = false
        for character in key {
            if character.isUppercase, wasLower { result.append("_") }
            wasLower = character.isLowercase || character.isNumber
            result += character.lowercased()
        }
        return result
    }
}

extension Diagnostic {
    fileprivate static func defaultHolds(_ entry: Node.Entry, _ value: ConfigValue) -> Diagnostic {
        let shown = value.flowText.count <= 40 ? "`\(value.flowText)`" : "the default"
        let empty = entry.name == "node_provisioning_mode" ? #"; for classic provisioning write `""`"# : ""
        return HostedRule.noValue.finding(
            "`\(entry.name)` has no value, so \(shown) holds\(empty)", at: entry.key.span,
            fix: Fix("write a value, or remove the key"))
    }

    fileprivate static func word(_ node: Node, _ value: Bool) -> Diagnostic {
        HostedRule.word.finding(
            "`\(node.scalar?.text ?? "")` is \(value) to hyp, and a text to readers of YAML 1.2", at: node.span,
            fix: .replace(node.span, with: value ? "true" : "false").safe)
    }

    fileprivate static func grouped(_ node: Node, _ text: String, _ number: String) -> Diagnostic {
        HostedRule.word.finding(
            "`\(text)` is \(number) to hyp, and a text to readers of YAML 1.2", at: node.span,
            fix: .replace(node.span, with: number).safe)
    }

    fileprivate static func brokenGroup(_ item: Node) -> Diagnostic {
        let text = item.scalar?.text ?? ""
        guard JSONCheck.isObject(text) else {
            return HostedRule.quoted.finding(
                "the text of a group is no JSON, and the hosted function skips what it cannot read",
                at: item.problemSpan, fix: Fix("write the group without quotes, as YAML or as JSON"))
        }
        return HostedRule.quoted.finding(
            "the text of a group is a JSON object, and the hosted function skips all but lists", at: item.problemSpan,
            fix: text.contains("\n")
                ? Fix("write the group without quotes") : .replace(item.span, with: text.trimmingBlanks).safe)
    }

    fileprivate static func octal(_ node: Node, _ text: String) -> Diagnostic {
        HostedRule.octal.finding(
            "`\(text)` is an octal number to hyp and a decimal one to readers of YAML 1.2", at: node.span,
            fix: Fix("write the number without zeros in front"))
    }

    fileprivate static func quoted(_ node: Node, _ text: String, problem: String?) -> Diagnostic {
        let what = text.hasPrefix("[") ? "a list" : "a map"
        guard let problem else {
            return HostedRule.quoted.finding(
                "\(what) is written inside quotes, which makes it a text", at: node.problemSpan,
                fix: node.scalar?.style == .plain
                    ? Fix("write it without quotes") : .replace(node.span, with: text).safe)
        }
        return HostedRule.quoted.finding(
            "\(what) is written inside quotes and is broken: \(problem)", at: node.problemSpan,
            fix: Fix("write it without quotes, as YAML or as JSON"))
    }
}

extension Diagnostic.Fix {
    /// The same fix, for `validate --fix` to make.
    var safe: Diagnostic.Fix {
        var fix = self
        fix.isSafe = true
        return fix
    }
}
