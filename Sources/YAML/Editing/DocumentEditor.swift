public import Diagnostics

/// Changes values of a document and not one other byte.
///
///     var editor = try DocumentEditor(SourceFile(name: "config.yaml", bytes: bytes))
///     try editor.set(YAMLPath(parsing: "eks.version"), to: .typed("1.33"))
///     editor.bytes   // the whole text with the new value
///
/// Comments, order, quoting, blank lines, indentation, line endings and anchors of everything else stay as they
/// are. After every change the new text is read again and compared with what was asked for: when anything else
/// would differ, the change is refused with a problem and the document stays as it was.
public struct DocumentEditor: Sendable {
    /// The document with the changes made so far.
    public private(set) var document: Document

    private let limits: ParserLimits

    /// Begins with a document as it was read.
    public init(_ document: Document, limits: ParserLimits = .default) {
        self.document = document
        self.limits = limits
    }

    /// Begins with a text.
    /// - Throws: the errors of the text, which must be mended first.
    public init(_ file: SourceFile, limits: ParserLimits = .default) throws(DiagnosticError) {
        let result = Parser.parse(file, limits: limits)
        guard let document = result.document, !result.hasErrors else { throw DiagnosticError(result.diagnostics) }
        self.init(document, limits: limits)
    }

    /// The text with the changes made so far.
    public var bytes: [UInt8] { document.file.bytes }

    /// Replaces a value, or adds a key that is not there yet, with the maps above it.
    /// - Parameters:
    ///   - path: the value to set.
    ///   - value: what it becomes. A scalar keeps its quoting style where the new value can be written in it.
    ///   - order: for the path of a map, its keys in the order in which a new one finds its place; a key that
    ///     is not named goes to the end.
    /// - Returns: the edits made, as ranges of the text before the change.
    /// - Throws: `YAML031`…`YAML035` when the path leads nowhere or the change would reach other places.
    @discardableResult
    public mutating func set(
        _ path: YAMLPath, to value: YAMLValue, order: (YAMLPath) -> [String] = { _ in [] }
    ) throws(DiagnosticError) -> [TextEdit] {
        guard path.segments.count <= limits.depth else { throw .tooDeep(path, limit: limits.depth) }
        guard let root = document.root else { return try begin(path, value) }
        let located = try NodeLocator(document: document, path: path).locate(root)
        guard let key = located.missing.first else { return try change(.replace(value), at: located.steps) }
        let nested = Self.nest(located.missing.dropFirst().map { .key($0) }, value)
        if located.node.isNull { return try change(.replace(.map([.init(key, nested)])), at: located.steps) }
        let parent = YAMLPath(Array(path.segments.prefix(located.steps.count)))
        return try change(.insert(key, nested, order: order(parent)), at: located.steps)
    }

    /// Adds an item to the end of a list, which is made where the document has none.
    /// - Returns: the edits made, as ranges of the text before the change.
    /// - Throws: as `set`.
    @discardableResult
    public mutating func append(
        _ value: YAMLValue, to path: YAMLPath, order: (YAMLPath) -> [String] = { _ in [] }
    ) throws(DiagnosticError) -> [TextEdit] {
        guard let root = document.root else { return try set(path, to: .list([value]), order: order) }
        let located = try NodeLocator(document: document, path: path).locate(root)
        let node = located.node
        guard located.missing.isEmpty, !node.isNull else { return try set(path, to: .list([value]), order: order) }
        guard node.sequence != nil else { throw .notAList(path, node) }
        guard node.alias == nil else { throw .insideAlias(path, node) }
        return try change(.append(value), at: located.steps)
    }

    /// Removes an entry of a map or an item of a list, with its lines and the comment behind it. A map or list
    /// that loses its last part becomes `{}` or `[]`.
    /// - Returns: the edits made, as ranges of the text before the change.
    /// - Throws: as `set`; `YAML031` when there is nothing to remove.
    @discardableResult
    public mutating func remove(_ path: YAMLPath) throws(DiagnosticError) -> [TextEdit] {
        let located = try existing(path)
        guard let step = located.steps.last else {
            throw DiagnosticError(
                YAMLRule.pathSyntax.error("the whole document cannot be removed", at: path.place(of: 0)))
        }
        return try change(.remove(step), at: located.steps.dropLast())
    }

    /// Gives a key another name, at its place.
    /// - Returns: the edits made, as ranges of the text before the change.
    /// - Throws: as `set`; `YAML010` when the map has the new key already.
    @discardableResult
    public mutating func rename(_ path: YAMLPath, to key: String) throws(DiagnosticError) -> [TextEdit] {
        let located = try existing(path)
        guard let parent = located.parent, let entries = parent.mapping, let step = located.steps.last else {
            throw DiagnosticError(
                YAMLRule.pathKind.error(
                    "`\(path)` is not the value of a key", at: path.place(of: path.segments.count - 1)))
        }
        if let taken = parent.entry(forKey: key), taken.mergedAt == nil, !entries[step].name.isIdentical(to: key) {
            throw DiagnosticError(
                YAMLRule.duplicateKey.error("the map has a key `\(key)` already", at: taken.key.span))
        }
        return try change(.rename(step, key), at: located.steps.dropLast())
    }

    private mutating func begin(_ path: YAMLPath, _ value: YAMLValue) throws(DiagnosticError) -> [TextEdit] {
        for (number, segment) in path.segments.enumerated() {
            if case .key = segment { continue }
            throw .nothing(path, path.place(of: number), nearest: nil)
        }
        return try change(.begin(Self.nest(path.segments, value)), at: [])
    }

    private func existing(_ path: YAMLPath) throws(DiagnosticError) -> LocatedNode {
        guard let root = document.root else { throw .nothing(path, nil, nearest: nil) }
        let located = try NodeLocator(document: document, path: path).locate(root)
        guard let missing = located.missing.first else { return located }
        if let merged = located.node.entry(forKey: missing), merged.mergedAt != nil { throw .mergedEntry(path, merged) }
        let known = located.node.mapping?.map(\.name) ?? []
        throw .nothing(path, path.place(of: located.steps.count), nearest: Spelling.nearest(to: missing, in: known))
    }

    private static func nest(_ segments: some BidirectionalCollection<YAMLPath.Segment>, _ value: YAMLValue)
        -> YAMLValue
    {
        segments.reversed().reduce(value) { inner, segment in .map([.init(segment.text, inner)]) }
    }

    // MARK: Making a change

    private mutating func change(_ change: Change, at steps: some Collection<Int>) throws(DiagnosticError) -> [TextEdit]
    {
        let planner = EditPlanner(document)
        let edits = try planner.edits(for: change, at: Array(steps))
        guard !edits.isEmpty else { return [] }
        let file = SourceFile(name: document.file.name, bytes: edits.applied(to: document.file.bytes))
        let result = Parser.parse(file, limits: limits)
        guard let changed = result.document, !result.hasErrors else {
            throw .unsafe(edits, "the text would no longer be read: \(result.diagnostics.first?.message ?? "")")
        }
        var comparison = TreeComparison(change: change)
        if let place = comparison.firstDifference(document.root, changed.root, Array(steps)[...]) {
            if place.isShared { throw .shared(edits, place.span) }
            if place.isTarget { throw .unsafe(edits, "the value would not be read as what was asked for") }
            throw .unsafe(edits, "another value would change with it", place.span)
        }
        document = changed
        return edits
    }
}

/// What is asked for, at a place in the tree.
enum Change: Sendable {
    /// A document without a value gets one.
    case begin(YAMLValue)
    /// The value at the place becomes another one.
    case replace(YAMLValue)
    /// The map at the place gets an entry.
    case insert(String, YAMLValue, order: [String])
    /// The list at the place gets an item at its end.
    case append(YAMLValue)
    /// The map or list at the place loses the part of this number.
    case remove(Int)
    /// The key of the entry of this number gets another name.
    case rename(Int, String)
}

extension [TextEdit] {
    /// The text with every edit made. The edits must not overlap.
    public func applied(to bytes: [UInt8]) -> [UInt8] {
        let ordered = enumerated().sorted {
            let (one, other) = ($0.element.span.range, $1.element.span.range)
            if one.lowerBound != other.lowerBound { return one.lowerBound < other.lowerBound }
            if one.upperBound != other.upperBound { return one.upperBound < other.upperBound }
            return $0.offset < $1.offset
        }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + 64)
        var offset = 0
        for (_, edit) in ordered {
            let range = edit.span.range.clamped(to: 0..<bytes.count)
            result.append(contentsOf: bytes[offset..<Swift.max(offset, range.lowerBound)])
            result.append(contentsOf: edit.replacement.utf8)
            offset = Swift.max(offset, range.upperBound)
        }
        result.append(contentsOf: bytes[offset...])
        return result
    }
}

extension DiagnosticError {
    fileprivate static func tooDeep(_ path: YAMLPath, limit: Int) -> DiagnosticError {
        DiagnosticError(
            YAMLRule.pathSyntax.error(
                "the path has \(path.segments.count) steps, more than the limit of \(limit)", at: path.place(of: limit))
        )
    }

    fileprivate static func notAList(_ path: YAMLPath, _ node: Node) -> DiagnosticError {
        DiagnosticError(
            YAMLRule.pathKind.error(
                "`\(path)` is \(node.kindDescription), so no item can be added to it", at: node.span))
    }

    fileprivate static func insideAlias(_ path: YAMLPath, _ node: Node) -> DiagnosticError {
        let name = node.alias?.name ?? ""
        return DiagnosticError(
            YAMLRule.sharedValue.error(
                "`\(path)` is the alias `*\(name)`: a change inside it would change the anchor's value too",
                at: node.span,
                fix: Diagnostic.Fix("change the value at its anchor, or replace the alias as a whole")))
    }

    fileprivate static func mergedEntry(_ path: YAMLPath, _ entry: Node.Entry) -> DiagnosticError {
        DiagnosticError(
            YAMLRule.sharedValue.error(
                "`\(path)` comes from a merge key and is not written here", at: entry.mergedAt,
                notes: [Diagnostic.Note("it is written here", at: entry.key.span)],
                fix: Diagnostic.Fix("change it where it is written, or remove the merge key")))
    }

    fileprivate static func nothing(_ path: YAMLPath, _ place: SourceSpan?, nearest: String?) -> DiagnosticError {
        DiagnosticError(
            YAMLRule.pathNotFound.error(
                "`\(path)` is not in the document", at: place, fix: nearest.map { Diagnostic.Fix("write `\($0)`") }))
    }

    fileprivate static func shared(_ edits: [TextEdit], _ other: SourceSpan?) -> DiagnosticError {
        DiagnosticError(
            YAMLRule.sharedValue.error(
                "the change would reach another place that uses this value", at: edits.first?.span,
                notes: other.map { [Diagnostic.Note("it is used here", at: $0)] } ?? [],
                fix: Diagnostic.Fix("write the value out at the other place first")))
    }

    fileprivate static func unsafe(_ edits: [TextEdit], _ why: String, _ place: SourceSpan? = nil) -> DiagnosticError {
        DiagnosticError(
            YAMLRule.unsafeEdit.error(
                "the change cannot be made here by itself: \(why)", at: edits.first?.span,
                notes: place.map { [Diagnostic.Note("this would change", at: $0)] } ?? [],
                fix: Diagnostic.Fix("change the file by hand")))
    }
}
