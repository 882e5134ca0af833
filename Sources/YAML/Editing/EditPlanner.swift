import Diagnostics

/// Works out the edits of a change, without making them.
struct EditPlanner {
    let document: Document
    let layout: TextLayout
    let emitter: YAMLEmitter

    init(_ document: Document) {
        self.document = document
        layout = TextLayout(document)
        emitter = layout.emitter
    }

    /// The edits of a change at a place.
    /// - Throws: `YAML034`, `YAML035` for a place that cannot be changed by itself.
    func edits(for change: Change, at steps: [Int]) throws(DiagnosticError) -> [TextEdit] {
        guard let root = document.root else {
            if case .begin(let value) = change { return begin(value) }
            return []
        }
        let slot = Slot(root, steps, layout)
        switch change {
        case .begin: return []
        case .replace(let value): return replace(slot, value)
        case .insert(let key, let value, let order): return insert(key, value, order, slot)
        case .append(let value): return append(value, slot)
        case .remove(let index): return try remove(index, slot)
        case .rename(let index, let name): return rename(index, name, slot)
        }
    }

    func edit(_ range: Range<Int>, _ text: String) -> TextEdit {
        TextEdit(span: layout.span(range), replacement: text)
    }

    /// Lines behind one another at a column; the first is not indented.
    func joined(_ lines: [String], column: Int) -> String {
        lines.enumerated().map { index, line in index == 0 ? line : emitter.indent(line, column) }
            .joined(separator: layout.newline)
    }

    private func begin(_ value: YAMLValue) -> [TextEdit] {
        let end = layout.bytes.count
        let text = joined(emitter.lines(value), column: 0)
        let hasText = end > layout.file.byteOrderMarkLength
        let isOpenLine = hasText && layout.bytes[end - 1] != 0x0A
        return [edit(end..<end, isOpenLine ? layout.newline + text : text + layout.newline)]
    }

    private func rename(_ index: Int, _ name: String, _ slot: Slot) -> [TextEdit] {
        guard let entries = slot.node.mapping, entries.indices.contains(index) else { return [] }
        let key = entries[index].key
        guard !entries[index].name.isIdentical(to: name) else { return [] }
        let style = key.scalar?.style ?? .plain
        let inFlow = slot.isInFlow || slot.node.hasBrackets
        return [edit(key.range, ScalarWriter(emitter).text(.string(name), style: style, inFlow: inFlow))]
    }
}

/// A place in the tree with what surrounds it in the text.
struct Slot {
    /// What stands there.
    let node: Node
    /// Whether a collection around it is written in brackets.
    let isInFlow: Bool
    /// Behind the colon or dash that the value belongs to, and behind its anchor and tag; `nil` for the root.
    let indicatorEnd: Int?
    /// The column of the key or dash that the value belongs to.
    let column: Int
    /// Whether it is the item of a list in block style.
    let isItem: Bool

    init(_ root: Node, _ steps: [Int], _ layout: TextLayout) {
        var node = root
        var isInFlow = false
        var indicatorEnd: Int?
        var column = 0
        var isItem = false
        for step in steps {
            isInFlow = isInFlow || node.hasBrackets
            let parent = node
            switch parent.content {
            case .mapping(let entries):
                node = entries[step].value
                let keyEnd = entries[step].key.range.upperBound
                let colon = layout.skipBlankAndComments(keyEnd)
                let hasColon = colon < layout.bytes.count && layout.bytes[colon] == UInt8(ascii: ":")
                indicatorEnd = hasColon ? colon + 1 : keyEnd
                column = layout.column(parent.range.lowerBound)
                isItem = false
            case .sequence(let items):
                node = items[step]
                indicatorEnd = Self.dash(of: step, in: parent, items, layout).map { $0 + 1 }
                column = layout.column(parent.range.lowerBound)
                isItem = true
            case .scalar: break
            }
        }
        if node.outerRange.lowerBound < node.range.lowerBound {
            indicatorEnd = Self.endOfProperties(node, layout)
        }
        self.node = node
        self.isInFlow = isInFlow
        self.indicatorEnd = indicatorEnd
        self.column = column
        self.isItem = isItem
    }

    /// The offset of the dash of an item in block style.
    static func dash(of index: Int, in list: Node, _ items: [Node], _ layout: TextLayout) -> Int? {
        guard !list.hasBrackets else { return nil }
        let start = index == 0 ? list.range.lowerBound : items[index - 1].range.upperBound
        let offset = layout.skipBlankAndComments(start)
        return offset < layout.bytes.count && layout.bytes[offset] == UInt8(ascii: "-") ? offset : nil
    }

    private static func endOfProperties(_ node: Node, _ layout: TextLayout) -> Int {
        layout.bytes.withUnsafeBufferPointer { bytes in
            PropertyScanner.scan(
                bytes, node.outerRange.lowerBound, node.range.lowerBound, hasAnchor: node.anchor != nil,
                hasTag: node.tag != nil
            ).content
        }
    }
}
