import Diagnostics

extension EditPlanner {
    /// Takes a part out of a map or list, with its lines and the comment behind it.
    func remove(_ index: Int, _ slot: Slot) throws(DiagnosticError) -> [TextEdit] {
        let collection = slot.node
        let isMap = collection.mapping != nil
        let empty: YAMLValue = isMap ? .map([YAMLValue.Member]()) : .list([])
        guard let part = range(ofPart: index, in: collection) else {
            throw DiagnosticError(
                YAMLRule.unsafeEdit.error("this part cannot be removed by itself", at: collection.span))
        }
        if collection.hasBrackets {
            let count = collection.sequence?.count ?? collection.mapping?.count ?? 0
            return count == 1 ? [edit(collection.range, isMap ? "{}" : "[]")] : removeFlow(part, collection)
        }
        return part == collection.range
            ? replace(slot, empty) : removeBlock(part, below: blockScalar(before: index, in: collection))
    }

    /// The `|` or `>` scalar that stands before a part: the line ending behind it belongs to its value.
    private func blockScalar(before index: Int, in collection: Node) -> Node? {
        var node: Node?
        switch collection.content {
        case .sequence(let items): node = index > 0 ? items[index - 1] : nil
        case .mapping(let entries): node = entries[..<index].last { $0.mergedAt == nil }?.value
        case .scalar: return nil
        }
        while let current = node, current.alias == nil {
            switch current.content {
            case .sequence(let items): node = items.last
            case .mapping(let entries): node = entries.last { $0.mergedAt == nil }?.value
            case .scalar(let scalar): return scalar.style == .literal || scalar.style == .folded ? current : nil
            }
        }
        return nil
    }

    /// An entry from its key, an item from its dash.
    private func range(ofPart index: Int, in collection: Node) -> Range<Int>? {
        switch collection.content {
        case .mapping(let entries):
            let entry = entries[index]
            return entry.key.outerRange.lowerBound..<max(entry.key.range.upperBound, entry.value.range.upperBound)
        case .sequence(let items):
            let end = items[index].range.upperBound
            if collection.hasBrackets { return items[index].outerRange.lowerBound..<end }
            return Slot.dash(of: index, in: collection, items, layout).map { $0..<max($0 + 1, end) }
        case .scalar: return nil
        }
    }

    private func removeBlock(_ part: Range<Int>, below scalar: Node?) -> [TextEdit] {
        let start = layout.lineStart(part.lowerBound)
        let end = layout.lineEnd(part.upperBound)
        var next = layout.nextLine(part.upperBound)
        if let scalar, BlockScalar.keepsBlankLines(layout.bytes[scalar.range]) {
            // Blank lines below the part would become lines of the scalar above it.
            while next < layout.bytes.count, layout.bytes[next..<layout.lineEnd(next)].allSatisfy(\.isYAMLBlank) {
                next = layout.nextLine(next)
            }
        }
        if layout.isFirstOnLine(part.lowerBound) {
            // Without a line ending behind it the one before it goes, so that the text still ends without one.
            if next > end || start == 0 || scalar != nil { return [edit(start..<next, "")] }
            return [edit(layout.lineEnd(start - 1)..<end, "")]
        }
        // The part shares its line with a dash: what follows moves up behind the dash.
        let follower = layout.bytes[next...].firstIndex { !$0.isYAMLWhite } ?? layout.bytes.count
        let isComment = follower < layout.bytes.count && layout.bytes[follower] == UInt8(ascii: "#")
        if isComment {
            let behindDash = layout.bytes[start..<part.lowerBound].lastIndex { !$0.isYAMLBlank }.map { $0 + 1 }
            return [edit((behindDash ?? part.lowerBound)..<end, "")]
        }
        return [edit(part.lowerBound..<follower, "")]
    }

    private func removeFlow(_ part: Range<Int>, _ collection: Node) -> [TextEdit] {
        let bytes = layout.bytes
        let inner = collection.range.upperBound - 1
        let start = layout.lineStart(part.lowerBound)
        if layout.isFirstOnLine(part.lowerBound), layout.isLastOnLine(part.upperBound),
            start > collection.range.lowerBound
        {
            return [edit(start..<layout.nextLine(part.upperBound), "")]
        }
        let comma = layout.skipBlankAndComments(part.upperBound, inner)
        if comma < inner, bytes[comma] == UInt8(ascii: ",") {
            let next = layout.skipBlankAndComments(comma + 1, inner)
            // Something follows: the part goes with its comma and the white space behind it.
            if next < inner { return [edit(part.lowerBound..<next, "")] }
        }
        // The last part goes with the comma before it.
        var before = part.lowerBound
        while before > collection.range.lowerBound + 1, bytes[before - 1].isYAMLWhite { before -= 1 }
        if bytes[before - 1] == UInt8(ascii: ",") { before -= 1 }
        return [edit(before..<part.upperBound, "")]
    }
}
