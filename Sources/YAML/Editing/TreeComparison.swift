import Diagnostics

/// Compares the tree after a change with the tree before it: the change and nothing but the change.
struct TreeComparison {
    /// A value that is not as it should be.
    struct Difference {
        /// Its place in the text before the change.
        var span: SourceSpan?
        /// Whether it differs because it shares the changed value.
        var isShared = false
        /// Whether it is the changed value itself.
        var isTarget = false
    }

    private struct Pair: Hashable {
        var old: Range<Int>
        var new: Range<Int>
    }

    let change: Change
    /// Values behind aliases that were found the same: each is compared once, however often it is used.
    private var same: Set<Pair> = []

    init(change: Change) { self.change = change }

    /// The first value that differs from what was asked for.
    /// - Parameter steps: the way to the place of the change.
    mutating func firstDifference(_ old: Node?, _ new: Node?, _ steps: ArraySlice<Int>) -> Difference? {
        guard let new else { return Difference(span: old?.span) }
        guard let old else {
            if case .begin(let value) = change, Self.matches(value, new) { return nil }
            return Difference(span: nil)
        }
        guard let step = steps.first else { return differenceAtPlace(old, new) }
        switch (old.content, new.content) {
        case (.sequence(let before), .sequence(let after)) where before.count == after.count:
            return children(before, after, step, steps) { $0 }
        case (.mapping(let before), .mapping(let after))
        where before.count == after.count && zip(before, after).allSatisfy({ $0.name.isIdentical(to: $1.name) }):
            return children(before, after, step, steps, \.value)
        default: return Difference(span: old.span)
        }
    }

    private mutating func children<Child>(
        _ before: [Child], _ after: [Child], _ step: Int, _ steps: ArraySlice<Int>, _ node: (Child) -> Node
    ) -> Difference? {
        for index in before.indices {
            let (old, new) = (node(before[index]), node(after[index]))
            let found = index == step ? firstDifference(old, new, steps.dropFirst()) : difference(old, new)
            if let found { return found }
        }
        return nil
    }

    private mutating func differenceAtPlace(_ old: Node, _ new: Node) -> Difference? {
        switch (change, old.content, new.content) {
        case (.replace(let value), _, _):
            return Self.matches(value, new) ? nil : Difference(span: old.span, isTarget: true)
        case (.append(let value), .sequence(let before), .sequence(let after)):
            guard after.count == before.count + 1, let last = after.last, Self.matches(value, last) else { break }
            return list(before, after.dropLast())
        case (.remove(let index), .sequence(var before), .sequence(let after)):
            before.remove(at: index)
            return list(before, after[...])
        case (.insert(let key, let value, _), .mapping(let before), .mapping(var after)):
            guard let place = after.firstIndex(where: { $0.name.isIdentical(to: key) && $0.mergedAt == nil }),
                Self.matches(value, after[place].value)
            else { break }
            after.remove(at: place)
            return map(before.filter { !$0.name.isIdentical(to: key) }, after)
        case (.remove(let index), .mapping(var before), .mapping(var after)):
            let removed = before.remove(at: index)
            // A merge key may bring back a key of the same name that the removed entry had hidden.
            after.removeAll { $0.mergedAt != nil && $0.name.isIdentical(to: removed.name) }
            return map(before, after)
        case (.rename(let index, let key), .mapping(var before), .mapping(let after)):
            guard after.indices.contains(index), after[index].name.isIdentical(to: key) else { break }
            let renamed = after[index].key
            before[index] = Node.Entry(key: renamed, value: before[index].value, mergedAt: nil)
            return map(before, after)
        default: break
        }
        return Difference(span: old.span)
    }

    private mutating func list(_ before: [Node], _ after: ArraySlice<Node>) -> Difference? {
        guard before.count == after.count else { return Difference(span: before.first?.span) }
        for (old, new) in zip(before, after) {
            if let found = difference(old, new) { return found }
        }
        return nil
    }

    private mutating func map(_ before: [Node.Entry], _ after: [Node.Entry]) -> Difference? {
        guard before.count == after.count else { return Difference(span: before.first?.span) }
        for (old, new) in zip(before, after) {
            guard old.name.isIdentical(to: new.name) else { return Difference(span: old.key.span) }
            if let found = difference(old.value, new.value) {
                guard let merge = old.mergedAt else { return found }
                return Difference(span: merge, isShared: true)
            }
        }
        return nil
    }

    /// Whether two values are the same down to tags, anchors and aliases.
    private mutating func difference(_ old: Node, _ new: Node) -> Difference? {
        guard old.anchor == new.anchor, old.tag == new.tag, old.alias?.name == new.alias?.name else {
            return Difference(span: old.span)
        }
        if let before = old.alias?.definition, let after = new.alias?.definition {
            guard same.insert(Pair(old: before.range, new: after.range)).inserted else { return nil }
            return contentDifference(old, new).map { _ in Difference(span: old.span, isShared: true) }
        }
        return contentDifference(old, new)
    }

    private mutating func contentDifference(_ old: Node, _ new: Node) -> Difference? {
        switch (old.content, new.content) {
        case (.scalar(let one), .scalar(let other)):
            let isSame = one.text.isIdentical(to: other.text) && one.isResolvable == other.isResolvable
            return isSame ? nil : Difference(span: old.span)
        case (.sequence(let before), .sequence(let after)): return list(before, after[...])
        case (.mapping(let before), .mapping(let after)): return map(before, after)
        default: return Difference(span: old.span)
        }
    }

    /// Whether a node holds a value.
    static func matches(_ value: YAMLValue, _ node: Node) -> Bool {
        switch (value, node.content) {
        case (.null, _): node.isNull
        case (.bool(let bool), .scalar(let scalar)): scalar.asBool == bool
        case (.int(let int), .scalar(let scalar)): scalar.asInt == int
        case (.double(let double), .scalar(let scalar)):
            scalar.asDouble == double || double.isNaN && scalar.asDouble?.isNaN ?? false
        case (.string(let text), .scalar(let scalar)): scalar.kind == .string && scalar.text.isIdentical(to: text)
        case (.typed(let text), .scalar(let scalar)): scalar.text.isIdentical(to: text)
        case (.list(let values), .sequence(let items)):
            values.count == items.count && zip(values, items).allSatisfy(matches)
        case (.map(let members), .mapping(let entries)):
            members.count == entries.count
                && zip(members, entries).allSatisfy { $0.key.isIdentical(to: $1.name) && matches($0.value, $1.value) }
        default: false
        }
    }
}
