internal import Diagnostics
internal import StackSchemas
internal import YAML

/// Makes the changes of `configure` in a document, with what the schema of its kind knows about their places.
struct ConfigEdit {
    private let kind: StackKind
    private let schema: SchemaInfo

    /// Changes configurations of a kind.
    init(kind: StackKind) {
        self.kind = kind
        schema = kind.info
    }

    /// Makes one change.
    /// - Throws: `DiagnosticError`; the document stays as it was then.
    func apply(_ change: Configure.Change, to editor: inout DocumentEditor) throws(DiagnosticError) {
        switch change {
        case .set(let text, let value):
            let path = try self.path(text)
            try editor.set(path, to: try self.value(value, at: path), order: keyOrder)
        case .append(let text, let value):
            try editor.append(try tree(value), to: try path(text), order: keyOrder)
        case .unset(let text):
            try editor.remove(try path(text))
        case .rename(let text, let key):
            try editor.rename(try path(text), to: key)
        case .merge(let json):
            var changed = editor
            try merge(json, into: &changed)
            editor = changed
        case .reset(let text):
            try reset(try path(text), &editor)
        }
    }

    // MARK: Paths

    /// Reads a path. In brackets behind a map stands a key, also of a map that is not written yet: `tags["a.b"]`.
    private func path(_ text: String) throws(DiagnosticError) -> YAMLPath {
        var path = try YAMLPath(parsing: text)
        var shape: Shape? = .record(schema.root)
        for index in path.segments.indices {
            let segment = path.segments[index]
            switch (shape, segment) {
            case (.record(let record), .key(let key)), (.record(let record), .name(let key)):
                path.segments[index] = .key(key)
                shape = record.fields.first { $0.key == key }?.shape
            case (.map(_, let values, _), .key(let key)), (.map(_, let values, _), .name(let key)):
                path.segments[index] = .key(key)
                shape = values
            case (.list(let item, _, _, _), _): shape = item
            default: return path
            }
        }
        return path
    }

    // MARK: Values

    /// A scalar is taken as it is typed; a list or map is read as YAML, so `[a, b]` is a list.
    private func value(_ text: String, at path: YAMLPath) throws(DiagnosticError) -> YAMLValue {
        let shape = schema.root.field(at: Self.keys(of: path))?.shape
        // hyp reads YAML 1.1, in which `on` is a boolean and 1.30 is 1.3: texts are quoted where they need it there.
        if kind.isFlat, case .text? = shape { return .string(text) }
        guard let shape, !shape.isScalar, endsInKey(path) else { return .typed(text) }
        return try tree(text)
    }

    private func endsInKey(_ path: YAMLPath) -> Bool {
        if case .key = path.segments.last { true } else { false }
    }

    private func tree(_ text: String) throws(DiagnosticError) -> YAMLValue {
        let result = Parser.parse(SourceFile(name: "<value>", text: text))
        guard !result.hasErrors else { throw DiagnosticError(result.diagnostics) }
        return result.document?.root.map { YAMLValue(typedAs: $0) } ?? .null
    }

    // MARK: JSON

    private func merge(_ json: OrderedJSON, into editor: inout DocumentEditor) throws(DiagnosticError) {
        guard case .object(let members) = json else {
            throw DiagnosticError(.error("JSON001", "the changes are no JSON object of keys with values"))
        }
        let known = schema.root.fields.map(\.key)
        for member in members {
            let isPath = !known.contains(member.key) && member.key.contains { $0 == "." || $0 == "[" }
            let path = isPath ? try self.path(member.key) : YAMLPath([.key(member.key)])
            try merge(member.value, at: path, into: &editor)
        }
    }

    private func merge(
        _ json: OrderedJSON, at path: YAMLPath, into editor: inout DocumentEditor
    ) throws(DiagnosticError) {
        let there = editor.document.root.flatMap { node(at: path.segments[...], in: $0) }
        switch json {
        case .null:
            if there != nil { try editor.remove(path) }
        case .object(let members) where there?.mapping != nil:
            for member in members { try merge(member.value, at: path.appending(member.key), into: &editor) }
        default:
            try editor.set(path, to: try value(json, at: path), order: keyOrder)
        }
    }

    /// What is written at a path of keys; `nil` where nothing is, or where only the editor can follow the path.
    private func node(at segments: ArraySlice<YAMLPath.Segment>, in node: Node) -> Node? {
        var node = node
        for segment in segments {
            guard let next = node.part(segment) else { return nil }
            node = next
        }
        return node
    }

    private func value(_ json: OrderedJSON, at path: YAMLPath) throws(DiagnosticError) -> YAMLValue {
        switch json {
        case .null: return .null
        case .bool(let value): return .bool(value)
        case .int(let value): return .int(value)
        case .double(let value):
            // A reader of JSON has lost how the number was written: 1.30 is 1.3 by now.
            if case .text? = schema.root.field(at: Self.keys(of: path))?.shape {
                throw DiagnosticError(
                    .error(
                        SchemaRule.wrongType.id, "`\(path)` is a number in the JSON, and it takes a text",
                        fix: Diagnostic.Fix("put it in double quotes, so that no digit is lost")))
            }
            return .double(value)
        case .string(let text): return .string(text)
        case .array(let items):
            var values: [YAMLValue] = []
            for (index, item) in items.enumerated() {
                values.append(try value(item, at: YAMLPath(path.segments + [.index(index)])))
            }
            return .list(values)
        case .object(let members):
            var result: [YAMLValue.Member] = []
            for member in members {
                result.append(.init(member.key, try value(member.value, at: path.appending(member.key))))
            }
            return .map(result)
        }
    }

    // MARK: Defaults

    private func reset(_ path: YAMLPath, _ editor: inout DocumentEditor) throws(DiagnosticError) {
        guard endsInKey(path), let field = schema.field(at: path.description) else {
            throw DiagnosticError(.noDefault(path, problems: FieldCheck.check("x", at: "\(path)", kind: kind)))
        }
        guard !field.isRequired else {
            throw DiagnosticError(
                .error(
                    SchemaRule.missingKey.id, "`\(path)` has no default: every configuration says it",
                    fix: Diagnostic.Fix("set it to a value")))
        }
        guard let root = editor.document.root, node(at: path.segments[...], in: root) != nil else { return }
        if field.shape.isScalar, let value = field.defaultValue {
            try editor.set(path, to: YAMLValue(value), order: keyOrder)
        } else {
            try editor.remove(path)
        }
    }

    // MARK: Schema

    /// New keys find the place that the schema gives them.
    private var keyOrder: @Sendable (YAMLPath) -> [String] {
        { [schema] path in
            let keys = Self.keys(of: path)
            let record = keys.isEmpty ? schema.root : schema.root.field(at: keys)?.shape.record
            return record?.fields.map(\.key) ?? []
        }
    }

    private static func keys(of path: YAMLPath) -> [String] {
        path.segments.compactMap { if case .key(let key) = $0 { key } else { nil } }
    }
}

extension Diagnostic {
    /// A path that the schema does not have is said to be that; an item of a list is none.
    fileprivate static func noDefault(_ path: YAMLPath, problems: FieldCheck.Outcome) -> Diagnostic {
        problems.diagnostics.first { $0.id == SchemaRule.unknownKey.id }
            ?? .error(
                SchemaRule.missingKey.id, "`\(path)` is an item of a list and has no default",
                fix: Fix("remove it with `stackgen configure --unset`"))
    }
}

extension Node {
    /// What a step of a path leads to; an item of a list by its `name`, as the editor finds it.
    fileprivate func part(_ segment: YAMLPath.Segment) -> Node? {
        switch segment {
        case .key(let key): return self[key]
        case .index(let index):
            guard let items = sequence else { return nil }
            let place = index < 0 ? items.count + index : index
            return items.indices.contains(place) ? items[place] : nil
        case .name(let name):
            if let value = self[name] { return value }
            let matches = (sequence ?? []).filter {
                ($0.mapping?.first?.value.scalar ?? $0.scalar)?.text == name || $0["name"]?.scalar?.text == name
            }
            return matches.count == 1 ? matches[0] : nil
        case .match(let key, let value):
            let matches = (sequence ?? []).filter { $0[key]?.scalar?.text == value }
            return matches.count == 1 ? matches[0] : nil
        }
    }
}

extension YAMLValue {
    /// A node as it was typed: plain scalars keep their text.
    init(typedAs node: Node) {
        switch node.content {
        case .scalar(let scalar): self = scalar.style == .plain ? .typed(scalar.text) : .string(scalar.text)
        case .sequence(let items): self = .list(items.map { YAMLValue(typedAs: $0) })
        case .mapping(let entries): self = .map(entries.map { Member($0.name, YAMLValue(typedAs: $0.value)) })
        }
    }

    /// A plain value of a configuration; a text stays a text although it may look like a number.
    init(_ value: ConfigValue) {
        switch value {
        case .null: self = .null
        case .bool(let value): self = .bool(value)
        case .int(let value): self = .int(value)
        case .double(let value): self = .double(value)
        case .string(let text): self = .string(text)
        case .list(let items): self = .list(items.map { YAMLValue($0) })
        case .map(let entries): self = .map(entries.map { Member($0.key, YAMLValue($0.value)) })
        }
    }
}
