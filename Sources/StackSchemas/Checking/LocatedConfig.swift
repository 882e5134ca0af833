public import Diagnostics
public import YAML

/// A document in which values are found by path, so that whatever is said about a value can point at it.
public struct LocatedConfig: Sendable {
    /// The document.
    public let document: Document
    /// Where values of another kind stand in this document, by their paths there: how rules of one kind judge
    /// configurations of another one. Empty for a document of the kind itself.
    let places: [ConfigPath: ConfigPath]

    /// Finds values of a document.
    public init(_ document: Document) {
        self.init(document, places: [:])
    }

    init(_ document: Document, places: [ConfigPath: ConfigPath]) {
        self.document = document
        self.places = places
    }

    /// The value at a path; `nil` where nothing is written there.
    public func node(at path: ConfigPath) -> Node? { find(path.steps[...])?.value }

    /// Whether something is written at a path.
    public func contains(_ path: ConfigPath) -> Bool { find(path.steps[...]) != nil }

    /// The bytes of the value at a path; `nil` where nothing is written there.
    public func span(of path: ConfigPath) -> SourceSpan? { find(path.steps[...])?.value.problemSpan }

    /// The bytes of the key at the end of a path; `nil` where nothing is written there or the path ends in a list.
    public func keySpan(of path: ConfigPath) -> SourceSpan? { find(path.steps[...])?.key?.span }

    /// The bytes of a value, or of the key of what would hold it: where a person would have to write.
    public func nearestSpan(of path: ConfigPath) -> SourceSpan? {
        if let found = find(path.steps[...]) {
            return found.value.scalar == nil ? found.key?.span ?? found.value.problemSpan : found.value.span
        }
        var parent = path
        while !parent.steps.isEmpty {
            parent = parent.parent
            if let found = find(parent.steps[...]) { return found.key?.span ?? found.value.problemSpan }
        }
        return document.root?.problemSpan
    }

    /// The steps in this document of a path that may be one of another kind; `nil` where it has no counterpart.
    private func own(_ steps: ArraySlice<ConfigPath.Step>) -> ArraySlice<ConfigPath.Step>? {
        if places.isEmpty || steps.isEmpty { return steps }
        for count in stride(from: steps.count, to: 0, by: -1) {
            guard let place = places[ConfigPath(Array(steps.prefix(count)))] else { continue }
            return (place.steps + steps.dropFirst(count))[...]
        }
        return nil
    }

    private func find(_ steps: ArraySlice<ConfigPath.Step>) -> (key: Node?, value: Node)? {
        guard var node = document.root, let steps = own(steps) else { return nil }
        var key: Node?
        for step in steps {
            switch step {
            case .key(let name):
                guard let entry = node.entry(forKey: name) else { return nil }
                key = entry.key
                node = entry.value
            case .index(let index):
                guard let items = node.sequence, items.indices.contains(index) else { return nil }
                key = nil
                node = items[index]
            }
        }
        return (key, node)
    }
}
