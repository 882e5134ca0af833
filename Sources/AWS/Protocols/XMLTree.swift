import Foundation

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// An XML element as a tree, enough for the answers of AWS: names without prefixes, text and children.
struct XMLTree: Sendable, Equatable {
    /// The name without its prefix.
    let name: String
    /// The characters directly inside, with nothing trimmed.
    var text: String
    /// The elements directly inside, in order.
    var children: [XMLTree]

    /// Reads a document; nil when it is not well formed XML.
    init?(_ data: Data) {
        // The parser of FoundationXML must not be given nothing.
        guard !data.isEmpty else { return nil }
        let builder = XMLTreeBuilder()
        let parser = XMLParser(data: data)
        parser.shouldProcessNamespaces = true
        parser.shouldResolveExternalEntities = false
        parser.delegate = builder
        guard parser.parse(), let root = builder.root else { return nil }
        self = root
    }

    init(name: String) {
        self.name = name
        text = ""
        children = []
    }

    /// The first child of a name.
    subscript(name: String) -> XMLTree? { children.first { $0.name == name } }

    /// The first child found by following names down.
    func child(_ path: String...) -> XMLTree? {
        path.reduce(self) { node, name in node?[name] }
    }

    /// The text of the first child of a name; nil when there is no such child.
    func string(_ name: String) -> String? { self[name]?.text }

    /// The text of a child as a date.
    func date(_ name: String) -> Date? { string(name).flatMap(Timestamp.parseISO8601) }

    /// The text of a child as a truth value.
    func boolean(_ name: String) -> Bool? { string(name).map { $0 == "true" } }

    /// The members of a list: the children of the child `name` that are called `member` (or `item`).
    func list(_ name: String, member: String = "member") -> [XMLTree] {
        self[name]?.children.filter { $0.name == member } ?? []
    }
}
