import Diagnostics

/// A value that a path leads to, with everything on the way.
struct LocatedNode {
    /// The nodes from the root to the value, both included.
    var chain: [Node]
    /// At each step, the number of the entry or item in its parent.
    var steps: [Int]
    /// The steps of the path for which the document has nothing: keys only.
    var missing: [String]

    var node: Node { chain[chain.count - 1] }
    var parent: Node? { chain.count > 1 ? chain[chain.count - 2] : nil }
}

/// Follows a path through a document.
struct NodeLocator {
    let document: Document
    let path: YAMLPath

    /// Finds the value, or the deepest map on the way to a key that is not there yet.
    /// - Throws: a problem at its place in the path or in the document.
    func locate(_ root: Node) throws(DiagnosticError) -> LocatedNode {
        var located = LocatedNode(chain: [root], steps: [], missing: [])
        for (number, segment) in path.segments.enumerated() {
            guard located.missing.isEmpty else {
                located.missing.append(try newKey(segment, number))
                continue
            }
            try refuseShared(located, number)
            let node = located.node
            if node.isNull, case .key(let key) = segment {
                located.missing.append(key)
                continue
            }
            guard let step = try step(segment, number, in: node) else {
                located.missing.append(try newKey(segment, number))
                continue
            }
            switch node.content {
            case .mapping(let entries):
                let entry = entries[step]
                // A merged entry is replaced by one of the map's own, which wins.
                if entry.mergedAt != nil {
                    guard number == path.segments.count - 1 else { throw merged(entry, number) }
                    located.missing.append(entry.name)
                    continue
                }
                located.chain.append(entry.value)
            case .sequence(let items): located.chain.append(items[step])
            case .scalar: break
            }
            located.steps.append(step)
        }
        return located
    }

    /// The number of the entry or item; `nil` where a map lacks the key.
    private func step(_ segment: YAMLPath.Segment, _ number: Int, in node: Node) throws(DiagnosticError) -> Int? {
        switch (node.content, segment) {
        case (.mapping(let entries), .key(let key)), (.mapping(let entries), .name(let key)):
            return entries.firstIndex { $0.name.isIdentical(to: key) }
        case (.sequence(let items), .index(let index)):
            let place = index < 0 ? items.count + index : index
            guard items.indices.contains(place) else { throw outside(index, items.count, number, node) }
            return place
        case (.sequence(let items), .name(let name)): return try item(named: name, in: items, number, node)
        case (.sequence(let items), .match(let key, let value)):
            return try one(items.indices.filter { items[$0][key]?.scalar?.text == value }, items, number, node)
        default: throw wrongKind(segment, number, node)
        }
    }

    private func item(named name: String, in items: [Node], _ number: Int, _ node: Node) throws(DiagnosticError) -> Int
    {
        let hasNames = items.contains { $0["name"] != nil }
        let matches = items.indices.filter { Self.name(of: items[$0], hasNames: hasNames) == name }
        return try one(matches, items, number, node)
    }

    private static func name(of item: Node, hasNames: Bool) -> String? {
        switch item.content {
        case .scalar(let scalar): scalar.text
        case .mapping(let entries): (hasNames ? item["name"] : entries.first?.value)?.scalar?.text
        case .sequence: nil
        }
    }

    private func one(
        _ matches: [Int], _ items: [Node], _ number: Int, _ node: Node
    ) throws(DiagnosticError) -> Int {
        if matches.count == 1 { return matches[0] }
        let hasNames = items.contains { $0["name"] != nil }
        guard matches.isEmpty else {
            throw DiagnosticError(
                YAMLRule.pathAmbiguous.error(
                    "`\(prefix(number + 1))` names \(matches.count) items", at: path.place(of: number),
                    notes: matches.map { Diagnostic.Note("one is here", at: items[$0].span) },
                    fix: Diagnostic.Fix("name one by its place, such as `[\(matches[0])]`")))
        }
        let names = items.compactMap { Self.name(of: $0, hasNames: hasNames) }
        let known = names.isEmpty ? "the list has no named items" : "its items are \(names.quotedList)"
        throw DiagnosticError(
            YAMLRule.pathNotFound.error(
                "`\(prefix(number + 1))` is not in the document", at: path.place(of: number),
                notes: [Diagnostic.Note(known, at: node.span.startPoint)],
                fix: nearest(path.segments[number].text, names)))
    }

    private func newKey(_ segment: YAMLPath.Segment, _ number: Int) throws(DiagnosticError) -> String {
        if case .key(let key) = segment { return key }
        if case .name(let name) = segment, number > 0 || document.root?.mapping != nil, isMapStep(number) {
            return name
        }
        throw DiagnosticError(
            YAMLRule.pathNotFound.error(
                "`\(prefix(number))` is not in the document, so it has no items", at: path.place(of: number),
                fix: Diagnostic.Fix("add the list first")))
    }

    /// Whether the first missing step is one of a map, where `["a.b"]` is a key.
    private func isMapStep(_ number: Int) -> Bool {
        let parent = YAMLPath(Array(path.segments[..<number]))
        guard let root = document.root, let found = try? NodeLocator(document: document, path: parent).locate(root)
        else {
            return false
        }
        return found.missing.isEmpty && found.node.mapping != nil
    }

    func prefix(_ count: Int) -> String { YAMLPath.describe(path.segments.prefix(count)) }

    func nearest(_ word: String, _ candidates: [String]) -> Diagnostic.Fix? {
        Spelling.nearest(to: word, in: candidates).map { Diagnostic.Fix("write `\($0)`") }
    }

    // MARK: Refusals

    /// What stands behind an alias belongs to every place that names it.
    private func refuseShared(_ located: LocatedNode, _ number: Int) throws(DiagnosticError) {
        guard let alias = located.node.alias else { return }
        throw DiagnosticError(
            YAMLRule.sharedValue.error(
                "`\(prefix(number))` is the alias `*\(alias.name)`: "
                    + "a change inside it would change the anchor's value too",
                at: located.node.span,
                notes: [Diagnostic.Note("`&\(alias.name)` is defined here", at: alias.definition)],
                fix: Diagnostic.Fix("change the value at its anchor, or replace the alias as a whole")))
    }

    private func merged(_ entry: Node.Entry, _ number: Int) -> DiagnosticError {
        DiagnosticError(
            YAMLRule.sharedValue.error(
                "`\(prefix(number + 1))` comes from a merge key: a change inside it would change other places too",
                at: entry.mergedAt, notes: [Diagnostic.Note("it is written here", at: entry.key.span)],
                fix: Diagnostic.Fix("change the value where it is written, or give the map a key of its own")))
    }

    private func outside(_ index: Int, _ count: Int, _ number: Int, _ node: Node) -> DiagnosticError {
        DiagnosticError(
            YAMLRule.pathNotFound.error(
                "`\(prefix(number))` has \(count) \(count == 1 ? "item" : "items"), so there is no item \(index)",
                at: path.place(of: number), notes: [Diagnostic.Note("the list is here", at: node.span.startPoint)],
                fix: count == 0 ? nil : Diagnostic.Fix("write a number from 0 to \(count - 1)")))
    }

    private func wrongKind(_ segment: YAMLPath.Segment, _ number: Int, _ node: Node) -> DiagnosticError {
        let subject = number == 0 ? "the document" : "`\(prefix(number))`"
        let needs: String
        switch segment {
        case .key(let key): needs = "has no key `\(key)`"
        case .index, .name, .match: needs = "has no items"
        }
        let isList = node.sequence != nil
        return DiagnosticError(
            YAMLRule.pathKind.error(
                "\(subject) is \(node.kindDescription) and \(needs)", at: path.place(of: number),
                notes: [Diagnostic.Note("it is here", at: node.span)],
                fix: isList ? Diagnostic.Fix("name an item first, such as `\(prefix(number))[0]`") : nil))
    }
}

extension YAMLPath.Segment {
    /// What the step names, as text.
    var text: String {
        switch self {
        case .key(let text), .name(let text), .match(_, let text): text
        case .index(let index): String(index)
        }
    }
}

extension [String] {
    /// At most eight texts in backticks.
    var quotedList: String {
        prefix(8).map { "`\($0)`" }.joined(separator: ", ") + (count > 8 ? ", …" : "")
    }
}
