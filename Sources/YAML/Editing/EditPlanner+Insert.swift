import Diagnostics

extension EditPlanner {
    /// Adds an entry to a map, behind the last of the keys that come before it in the order.
    func insert(_ key: String, _ value: YAMLValue, _ order: [String], _ slot: Slot) -> [TextEdit] {
        let map = slot.node
        let own = (map.mapping ?? []).filter { $0.mergedAt == nil }
        if map.hasBrackets {
            guard map.holdsSomething else { return replaceEmpty(slot, .map([.init(key, value)])) }
            let text = emitter.key(key, inFlow: true) + " " + emitter.flow(value)
            let place = position(of: key, among: own, order) ?? own.count - 1
            return insertFlow(text, after: place >= 0 ? own[place].value.range : nil, map)
        }
        let column = layout.column(map.range.lowerBound)
        let lines = emitter.lines(key: key, value)
        if let place = position(of: key, among: own, order), place < 0, let first = own.first {
            let start = first.key.outerRange.lowerBound
            let isFirst = layout.isFirstOnLine(start)
            if !(isFirst && hasCommentAbove(start)) {
                return [edit(start..<start, joined(lines, column: column) + layout.newline + spaces(column))]
            }
            return insertBlock(lines, after: first.value.range.upperBound, column)
        }
        let place = position(of: key, among: own, order)
        let end = place.map { own[$0].value.range.upperBound } ?? map.range.upperBound
        return insertBlock(lines, after: end, column)
    }

    /// Adds an item to the end of a list.
    func append(_ value: YAMLValue, _ slot: Slot) -> [TextEdit] {
        let list = slot.node
        if list.hasBrackets {
            guard list.holdsSomething else { return replaceEmpty(slot, .list([value])) }
            return insertFlow(emitter.flow(value), after: list.sequence?.last?.range, list)
        }
        let column = layout.column(list.range.lowerBound)
        return insertBlock(emitter.lines(item: value), after: list.range.upperBound, column)
    }

    /// `{}` and `[]` become a block where one can stand.
    private func replaceEmpty(_ slot: Slot, _ value: YAMLValue) -> [TextEdit] { replace(slot, value) }

    /// The number of the entry behind which a key belongs: -1 for the front, `nil` where the order does not say.
    private func position(of key: String, among own: [Node.Entry], _ order: [String]) -> Int? {
        guard let rank = order.firstIndex(of: key), !own.isEmpty else { return nil }
        let before = Set(order[..<rank])
        return own.lastIndex { before.contains($0.name) } ?? -1
    }

    private func hasCommentAbove(_ offset: Int) -> Bool {
        let start = layout.lineStart(offset)
        guard start > 0 else { return false }
        let above = layout.lineStart(start - 1)..<layout.lineEnd(start - 1)
        return layout.bytes[above].first { !$0.isYAMLBlank } == UInt8(ascii: "#")
    }

    private func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }

    /// Puts lines below the line that holds an offset and below the comments that belong to it.
    private func insertBlock(_ lines: [String], after offset: Int, _ column: Int) -> [TextEdit] {
        let end = layout.endOfAttachedComments(offset, deeperThan: column)
        let text = lines.map { layout.newline + emitter.indent($0, column) }.joined()
        return [edit(end..<end, text)]
    }

    /// Puts a text behind a part of a collection in brackets; on a line of its own where the part has one.
    private func insertFlow(_ text: String, after part: Range<Int>?, _ collection: Node) -> [TextEdit] {
        guard let part else {
            let start = collection.range.lowerBound + 1
            let next = layout.skipBlankAndComments(start, collection.range.upperBound - 1)
            return [edit(start..<start, next < collection.range.upperBound - 1 ? text + ", " : text)]
        }
        let end = part.upperBound
        guard ownsItsLine(part, in: collection) else { return [edit(end..<end, ", " + text)] }
        let lineEnd = layout.lineEnd(end)
        let start = layout.lineStart(part.lowerBound)
        let indentation = layout.bytes[start...].prefix { $0.isYAMLBlank }
        let line = layout.newline + String(decoding: indentation, as: UTF8.self) + text
        let comma = layout.bytes[end..<lineEnd].first { !$0.isYAMLBlank } == UInt8(ascii: ",")
        if comma { return [edit(lineEnd..<lineEnd, line + ",")] }
        if lineEnd == end { return [edit(end..<end, "," + line)] }
        return [edit(end..<end, ","), edit(lineEnd..<lineEnd, line)]
    }

    /// Whether a part of a collection in brackets stands on lines that hold nothing else but the part's own key.
    func ownsItsLine(_ part: Range<Int>, in collection: Node) -> Bool {
        let whole = wholePart(part, in: collection)
        return layout.isFirstOnLine(whole.lowerBound) && layout.isLastOnLine(whole.upperBound)
            && layout.lineStart(whole.lowerBound) > collection.range.lowerBound
    }

    /// An entry of a map from its key on.
    private func wholePart(_ part: Range<Int>, in collection: Node) -> Range<Int> {
        let entry = collection.mapping?.first { $0.mergedAt == nil && $0.value.range == part }
        return (entry?.key.outerRange.lowerBound ?? part.lowerBound)..<part.upperBound
    }
}
