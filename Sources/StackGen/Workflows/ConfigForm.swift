internal import Diagnostics
internal import StackSchemas
internal import YAML

/// A conversation that goes through the fields of a configuration one by one, and gives the changes asked for.
///
/// It knows no terminal: questions and answers are functions, so that a test can hold the conversation, too.
public struct ConfigForm {
    /// What a person has to know before the first question.
    public static let introduction = """
        Every field is asked for in turn. Enter keeps what is shown in brackets.
          :?  explains the field       :-  removes its value
          :s  goes to the next section :q  leaves; so does Ctrl-D
        Nothing is written before you have seen the difference.
        """

    private let root: Node?
    private let kind: StackKind
    private let schema: SchemaInfo

    /// Begins with a project's configuration.
    /// - Throws: `DiagnosticError` when it cannot be read.
    public init(project: Project) throws {
        let result = Parser.parse(try project.config())
        guard let document = result.document, !result.hasErrors else { throw DiagnosticError(result.diagnostics) }
        root = document.root
        kind = StackKind.of(document)
        schema = kind.info
    }

    /// Holds the conversation.
    /// - Parameters:
    ///   - ask: shows a question and gives the answer without its line ending; `nil` when there is nobody any more.
    ///   - say: shows a line.
    /// - Returns: the changes in the order of the answers; what was answered before the form was left counts.
    public func changes(ask: (String) -> String?, say: (String) -> Void) -> [Configure.Change] {
        withoutActuallyEscaping(ask) { ask in
            withoutActuallyEscaping(say) { say in
                var talk = FormTalk(kind: kind, ask: ask, say: say)
                _ = talk.walk(schema.root, at: "", root)
                return talk.changes
            }
        }
    }
}

/// How the conversation goes on behind a question.
private enum Course {
    case next
    case nextSection
    case end
}

/// The conversation as far as it went.
private struct FormTalk {
    /// Fields that say what a file is; another value would make it another file.
    private static let fixed: Set = ["kind", "version"]

    let kind: StackKind
    let ask: (String) -> String?
    let say: (String) -> Void
    private(set) var changes: [Configure.Change] = []

    init(kind: StackKind, ask: @escaping (String) -> String?, say: @escaping (String) -> Void) {
        self.kind = kind
        self.ask = ask
        self.say = say
    }

    /// Goes through a record.
    mutating func walk(_ record: RecordInfo, at path: String, _ node: Node?) -> Course {
        for field in record.fields where !(path.isEmpty && Self.fixed.contains(field.key)) {
            let place = path.isEmpty ? field.key : "\(path).\(field.key)"
            switch visit(field, at: place, node?[field.key]) {
            case .next: continue
            case .nextSection:
                // The root is no section that could be left: the next of its fields is the next section.
                if !path.isEmpty { return .next }
            case .end: return .end
            }
        }
        return .next
    }

    private mutating func visit(_ field: FieldInfo, at path: String, _ node: Node?) -> Course {
        switch field.shape {
        case .record(let record):
            return visitSection(path, field.summary) { $0.walk(record, at: path, node) }
        case .list(.record(let record), _, _, _):
            return visitSection(path, field.summary) { $0.visitItems(of: record, at: path, node) }
        case .map(_, .record(let record), _):
            return visitSection(path, field.summary) { talk in
                for entry in node?.mapping ?? [] {
                    let place = "\(path)[\(ConfigValue.quoted(entry.name))]"
                    if talk.walk(record, at: place, entry.value) == .end { return .end }
                }
                return .next
            }
        default:
            return visitValue(field, at: path, node)
        }
    }

    private mutating func visitSection(
        _ path: String, _ summary: String, _ body: (inout FormTalk) -> Course
    ) -> Course {
        say("")
        say("\(path): \(summary)")
        while true {
            guard let answer = ask("go through \(path)? [y/N] ") else { return .end }
            switch answer.trimmed.lowercased() {
            case "y", "yes": return body(&self)
            case "", "n", "no", ":s": return .next
            case ":q": return .end
            case ":-":
                changes.append(.unset(path: path))
                return .next
            case ":?": explain(path)
            default: say("  answer y or n")
            }
        }
    }

    private mutating func visitItems(of record: RecordInfo, at path: String, _ node: Node?) -> Course {
        for (index, item) in (node?.sequence ?? []).enumerated() {
            let name = item["name"]?.scalar?.text ?? "\(index + 1)"
            let place = "\(path)[\(index)]"
            let course = visitSection("\(path)[\(name)]", record.summary) { $0.walk(record, at: place, item) }
            if course == .end { return .end }
        }
        while true {
            guard let answer = ask("add one more to \(path)? [y/N] ") else { return .end }
            if answer.trimmed == ":q" { return .end }
            guard ["y", "yes"].contains(answer.trimmed.lowercased()) else { return .next }
            if addItem(of: record, to: path) == .end { return .end }
        }
    }

    /// Asks for the scalars of a new item, those that it must have first.
    private mutating func addItem(of record: RecordInfo, to path: String) -> Course {
        var entries: [ConfigValue.Entry] = []
        let simple = record.fields.filter { $0.shape.record == nil }
        fields: for field in simple.filter(\.isRequired) + simple.filter({ !$0.isRequired }) {
            // The position does not matter: what an item may say is the same everywhere in the list.
            switch answer(for: field, at: "\(path)[0].\(field.key)", shown: field.key, current: nil) {
            case .value(_, let value): entries.append(ConfigValue.Entry(field.key, value))
            case .kept, .removed:
                guard field.isRequired else { continue }
                say("  \(field.key) is required, so nothing is added")
                return .next
            case .left(.end): return .end
            case .left:
                guard field.isRequired else { break fields }
                say("  \(field.key) is required, so nothing is added")
                return .next
            }
        }
        let order = record.fields.map(\.key)
        let item = ConfigValue.map(
            entries.sorted { (order.firstIndex(of: $0.key) ?? 0) < (order.firstIndex(of: $1.key) ?? 0) })
        changes.append(.append(path: path, value: item.flowText))
        return .next
    }

    // MARK: Values

    private enum Answer {
        case value(String, ConfigValue)
        case kept
        case removed
        case left(Course)
    }

    private mutating func visitValue(_ field: FieldInfo, at path: String, _ node: Node?) -> Course {
        switch answer(for: field, at: path, shown: path, current: node?.shown) {
        case .value(let text, _): changes.append(.set(path: path, value: text))
        case .removed where node != nil: changes.append(.unset(path: path))
        case .kept, .removed: break
        case .left(let course): return course
        }
        return .next
    }

    /// Asks until an answer is right, or none.
    private func answer(for field: FieldInfo, at path: String, shown: String, current: String?) -> Answer {
        say("")
        say("\(shown): \(field.summary)" + remark(field))
        let choices = field.shape.choices
        if !choices.isEmpty {
            say(choices.enumerated().map { "  \($0.offset + 1)) \($0.element)" }.joined(separator: "\n"))
        }
        let shownDefault = current ?? field.defaultValue?.flowText ?? "none"
        while true {
            guard let line = ask("\(shown) [\(shownDefault)]: ") else { return .left(.end) }
            switch line.trimmed {
            case "": return .kept
            case ":q": return .left(.end)
            case ":s": return .left(.nextSection)
            case ":-": return .removed
            case ":?": explain(path)
            case let text:
                let chosen = Int(text).flatMap { choices.indices.contains($0 - 1) ? choices[$0 - 1] : nil }
                if let found = checked(chosen ?? text, field, at: path) { return .value(found.0, found.1) }
            }
        }
    }

    /// An answer that the field takes; says what is wrong with any other.
    private func checked(_ text: String, _ field: FieldInfo, at path: String) -> (String, ConfigValue)? {
        let isList = if case .list = field.shape { true } else { false }
        let written = isList && !text.hasPrefix("[") ? "[\(text)]" : text
        let outcome = FieldCheck.check(written, at: path, kind: kind)
        if let value = outcome.value, outcome.diagnostics.isEmpty { return (written, value) }
        for problem in outcome.diagnostics {
            say("  \(problem.message)" + (problem.fix.map { "; \($0.description)" } ?? ""))
        }
        return nil
    }

    private func remark(_ field: FieldInfo) -> String {
        let constraint = field.shape.choices.isEmpty ? field.shape.constraintDescription : nil
        let parts = [constraint, field.unit, field.isRequired ? "required" : nil].compactMap { $0 }
        return parts.isEmpty ? "" : " (\(parts.joined(separator: "; ")))"
    }

    private func explain(_ path: String) {
        say(Explain.text(for: path, kind: kind) ?? "  there is nothing more to say about it")
    }
}

extension Node {
    /// The value as it is written, on one line; a long one is cut.
    fileprivate var shown: String {
        let text = span.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return text.count > 60 ? text.prefix(59) + "…" : text
    }
}

extension Shape {
    /// The texts that may be chosen from; empty where it is no choice.
    fileprivate var choices: [String] {
        switch self {
        case .choice(let choices): choices
        case .boolean: ["true", "false"]
        default: []
        }
    }
}

extension String {
    fileprivate var trimmed: String {
        var text = Substring(self)
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}
