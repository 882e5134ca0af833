import Diagnostics

extension EditPlanner {
    /// Puts a value in the place of another.
    func replace(_ slot: Slot, _ value: YAMLValue) -> [TextEdit] {
        let node = slot.node
        if !value.isCollection, node.alias == nil, TreeComparison.matches(value, node) { return [] }
        if node.alias == nil, node.scalar != nil, !value.isCollection { return replaceScalar(slot, value) }
        if slot.isInFlow || node.hasBrackets && value.isFilledCollection && node.holdsSomething {
            return inline(slot, emitter.flow(value))
        }
        guard value.isFilledCollection else { return inline(slot, emitter.scalar(value, inFlow: false)) }
        return block(slot, value)
    }

    private func replaceScalar(_ slot: Slot, _ value: YAMLValue) -> [TextEdit] {
        let node = slot.node
        let style = node.scalar?.style ?? .plain
        let writer = ScalarWriter(emitter)
        if let text = writer.block(value, replacing: node, newline: layout.newline) { return [edit(node.range, text)] }
        return inline(slot, writer.text(value, style: style, inFlow: slot.isInFlow))
    }

    /// Puts a value on the line of its key or dash.
    private func inline(_ slot: Slot, _ text: String) -> [TextEdit] {
        let range = slot.node.range
        guard let indicatorEnd = slot.indicatorEnd else { return [edit(range, text)] }
        if range.isEmpty { return [edit(range, absent(range.lowerBound, text))] }
        let isBlock = slot.node.scalar == nil && !slot.node.hasBrackets && slot.node.alias == nil
        let start = layout.lineStart(range.lowerBound)
        guard isBlock, indicatorEnd <= start else { return [edit(range, text)] }
        // The collection has lines of its own: they go, and the comment behind the key stays.
        let hasNext = layout.nextLine(range.upperBound) > layout.lineEnd(range.upperBound)
        if hasNext {
            return [edit(indicatorEnd..<indicatorEnd, " " + text), edit(start..<layout.nextLine(range.upperBound), "")]
        }
        let previousEnd = layout.lineEnd(start - 1)
        return [
            edit(indicatorEnd..<indicatorEnd, " " + text),
            edit(max(indicatorEnd, previousEnd)..<layout.lineEnd(range.upperBound), ""),
        ]
    }

    /// The text of a value where none stands; the key may stand alone in `{key}`.
    private func absent(_ offset: Int, _ text: String) -> String {
        let bytes = layout.bytes
        guard offset > 0, !bytes[offset - 1].isYAMLBlank else { return text }
        let last = bytes[offset - 1]
        let isBehindKey = last != UInt8(ascii: ":") && last != UInt8(ascii: "-")
        let isBehindProperty = isBehindKey && slotPropertyEnds(at: offset)
        return (isBehindKey && !isBehindProperty ? ": " : " ") + text
    }

    /// Whether an anchor or a tag ends at an offset.
    private func slotPropertyEnds(at offset: Int) -> Bool {
        let line = layout.lineStart(offset)..<offset
        let word =
            layout.bytes[line].lastIndex { $0.isYAMLBlank || $0.isFlowIndicator }.map { $0 + 1 } ?? line.lowerBound
        return word < offset && (layout.bytes[word] == UInt8(ascii: "&") || layout.bytes[word] == UInt8(ascii: "!"))
    }

    /// Puts a filled list or map on lines of its own, or behind the dash of its item.
    private func block(_ slot: Slot, _ value: YAMLValue) -> [TextEdit] {
        let node = slot.node
        let lines = emitter.lines(value)
        let isBlock = node.scalar == nil && !node.hasBrackets && node.alias == nil
        guard let indicatorEnd = slot.indicatorEnd else {
            return [edit(node.range, joined(lines, column: layout.column(node.range.lowerBound)))]
        }
        let start = layout.lineStart(node.range.lowerBound)
        if isBlock, isSameKind(node, value) || indicatorEnd > start {
            return [edit(node.range, joined(lines, column: layout.column(node.range.lowerBound)))]
        }
        if slot.isItem, node.outerRange.lowerBound == node.range.lowerBound, !isBlock {
            let column = max(layout.column(node.range.lowerBound), slot.column + 2)
            if node.range.isEmpty {
                return [edit(node.range, absent(node.range.lowerBound, joined(lines, column: column)))]
            }
            return [edit(node.range, joined(lines, column: layout.column(node.range.lowerBound)))]
        }
        var width = layout.indentation
        if case .list = value, !slot.isItem { width = layout.listIndentation }
        let column = slot.column + (slot.isItem ? 2 : width)
        let text = lines.map { layout.newline + emitter.indent($0, column) }.joined()
        if isBlock { return [edit(layout.lineEnd(start - 1)..<layout.lineEnd(node.range.upperBound), text)] }
        let end = layout.lineEnd(node.range.upperBound)
        guard indicatorEnd < node.range.upperBound else { return [edit(end..<end, text)] }
        return [edit(indicatorEnd..<node.range.upperBound, ""), edit(end..<end, text)]
    }

    private func isSameKind(_ node: Node, _ value: YAMLValue) -> Bool {
        switch (node.content, value) {
        case (.sequence, .list), (.mapping, .map): true
        default: false
        }
    }
}

extension Node {
    /// Whether anything stands between the brackets of a collection written in them.
    var holdsSomething: Bool {
        guard hasBrackets else { return true }
        return !file.bytes[range.lowerBound + 1..<range.upperBound - 1].allSatisfy(\.isYAMLWhite)
    }
}
