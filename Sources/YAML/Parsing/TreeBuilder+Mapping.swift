import Diagnostics

extension TreeBuilder {
    /// Below this many entries comparing all keys is faster than hashing them.
    private static let linearSearchLimit = 12

    /// The entries of a map as they are, where all keys are different texts and none is a merge key, as in nearly all
    /// maps; otherwise what is left of them.
    mutating func settled(_ entries: [Node.Entry]) -> [Node.Entry] {
        guard entries.count <= Self.linearSearchLimit else { return checked(entries) }
        for (index, entry) in entries.enumerated() {
            guard case .scalar(let scalar) = entry.key.content, !scalar.isMergeKey else { return checked(entries) }
            for earlier in 0..<index where entries[earlier].name.isIdentical(to: scalar.text) {
                return checked(entries)
            }
        }
        return entries
    }

    /// Refuses duplicates and collections as keys, applies merge keys.
    private mutating func checked(_ pairs: [Node.Entry]) -> [Node.Entry] {
        var entries: [Node.Entry] = []
        entries.reserveCapacity(pairs.count)
        var seen = KeyIndex(isHashed: pairs.count > Self.linearSearchLimit)
        var mergePlaces: [Int] = []
        for pair in pairs {
            let (key, value) = (pair.key, pair.value)
            guard case .scalar(let scalar) = key.content else {
                reportCollectionAsKey(key)
                continue
            }
            if let first = seen.insert(scalar.text, in: entries, at: entries.count) {
                sink.report(.duplicateKey(scalar.text, key, first: entries[first].key))
                continue
            }
            if scalar.isMergeKey { mergePlaces.append(entries.count) }
            entries.append(Node.Entry(key: key, value: value, mergedAt: nil))
        }
        return mergePlaces.isEmpty ? entries : merge(entries, at: mergePlaces)
    }

    /// `{{ name }}` is a map in a map: one cause, so only the inner one is reported.
    private mutating func reportCollectionAsKey(_ key: Node) {
        if let last = sink.diagnostics.last, last.id == YAMLRule.collectionAsKey.id, let span = last.span,
            key.range.contains(span.range.lowerBound)
        {
            return
        }
        sink.report(.collectionAsKey(key))
    }

    /// Puts the entries of merged maps in the place of `<<`: keys written here win, then the earlier map.
    private mutating func merge(_ own: [Node.Entry], at places: [Int]) -> [Node.Entry] {
        var seen = Set(own.map { ExactText($0.name) })
        var result: [Node.Entry] = []
        for (index, entry) in own.enumerated() {
            guard places.contains(index) else {
                result.append(entry)
                continue
            }
            for source in mergeSources(entry.value) {
                guard case .mapping(let entries) = source.content else { continue }
                mergedEntries += entries.count
                guard mergedEntries <= limits.mergedEntries else {
                    if !isUnreadable { sink.report(.mergedTooMuch(entry.value, limit: limits.mergedEntries)) }
                    isUnreadable = true
                    return result
                }
                for merged in entries where seen.insert(ExactText(merged.name)).inserted {
                    result.append(Node.Entry(key: merged.key, value: merged.value, mergedAt: entry.value.span))
                }
            }
        }
        return result
    }

    private mutating func mergeSources(_ value: Node) -> [Node] {
        switch value.content {
        case .mapping: return [value]
        case .sequence(let items):
            for item in items where item.mapping == nil {
                // Behind an alias the list may be right at its own place; what is wrong is its use here.
                sink.report(.mergedNonMap(item, at: value.alias == nil ? item.span : value.span))
            }
            return items.filter { $0.mapping != nil }
        case .scalar:
            // An undefined alias was reported already.
            let isUndefinedAlias = value.alias == nil && value.file.bytes[value.range].first == UInt8(ascii: "*")
            if !isUndefinedAlias { sink.report(.mergedNonMap(value, at: value.span)) }
            return []
        }
    }
}

/// Finds an earlier key of the same text.
private struct KeyIndex {
    private let isHashed: Bool
    private var places: [ExactText: Int] = [:]

    init(isHashed: Bool) { self.isHashed = isHashed }

    /// The place of an equal key, or `nil` after remembering the new one.
    mutating func insert(_ text: String, in entries: [Node.Entry], at place: Int) -> Int? {
        guard isHashed else {
            return entries.firstIndex { entry in
                guard case .scalar(let scalar) = entry.key.content else { return false }
                return scalar.text.isIdentical(to: text)
            }
        }
        let key = ExactText(text)
        if let first = places[key] { return first }
        places[key] = place
        return nil
    }
}

extension Scalar {
    /// `<<` as a plain key (https://yaml.org/type/merge.html); quoted it is a key like any other.
    var isMergeKey: Bool { style == .plain && tag == nil && text == "<<" }
}

extension Diagnostic {
    fileprivate static func duplicateKey(_ text: String, _ key: Node, first: Node) -> Diagnostic {
        let isMerge = key.scalar?.isMergeKey ?? false
        return YAMLRule.duplicateKey.error(
            "the key `\(text)` is here twice", at: key.span, notes: [Note("first defined here", at: first.span)],
            fix: Fix(isMerge ? "merge several maps as one list: `<<: [*first, *second]`" : "remove one of the two"))
    }

    fileprivate static func collectionAsKey(_ key: Node) -> Diagnostic {
        let isTemplate = key.file.text(in: key.range).hasPrefix("{")
        return YAMLRule.collectionAsKey.error(
            "\(key.kindDescription) cannot be a key", at: key.span,
            fix: Fix(isTemplate ? "put the text in quotes if its braces are meant literally" : "use a string as key"))
    }

    fileprivate static func mergedNonMap(_ value: Node, at span: SourceSpan) -> Diagnostic {
        YAMLRule.merge.error(
            "the merge key `<<` takes a map or a list of maps, not \(value.kindDescription)", at: span,
            notes: value.alias.map { [Note("`&\($0.name)` is defined here", at: $0.definition)] } ?? [],
            fix: Fix("name an anchor of a map, or write `\"<<\"` if a key of this name is meant"))
    }

    fileprivate static func mergedTooMuch(_ value: Node, limit: Int) -> Diagnostic {
        YAMLRule.expansion.error(
            "merge keys bring in more than \(limit) entries", at: value.span, label: "the limit is passed here",
            fix: Fix("use fewer merge keys"))
    }
}
