import Diagnostics
import YAML

/// What one item of a list of groups is. Each item becomes one numbered parameter.
enum HostedSlot {
    /// A group, or something that is to be judged as one.
    case group
    /// A list of groups.
    case list([Node])
    /// The JSON text of a list of groups, which is sent as it is.
    case text(String, [Node])
    /// A text that looks like JSON and is none that the hosted function reads.
    case broken

    /// Looks at an item.
    init(_ item: Node) {
        if let nested = item.sequence {
            self = .list(nested)
            return
        }
        let text = item.scalar?.text ?? ""
        guard let first = text.trimmingBlanks.first, first == "[" || first == "{" else {
            self = .group
            return
        }
        let parsed = JSONCheck.isArray(text) ? Parser.parse(SourceFile(name: "<text>", text: text)) : nil
        guard let groups = parsed?.document?.root?.sequence else {
            self = .broken
            return
        }
        self = .text(text, groups.map { Self.moved($0, to: item) })
    }

    /// How many groups it holds.
    var count: Int {
        switch self {
        case .group: 1
        case .list(let groups), .text(_, let groups): groups.count
        case .broken: 0
        }
    }

    /// The same value at the place of the text that it was written in.
    private static func moved(_ node: Node, to item: Node) -> Node {
        switch node.content {
        case .scalar: item.with(node.content)
        case .sequence(let items): item.with(.sequence(items.map { moved($0, to: item) }))
        case .mapping(let entries):
            item.with(
                .mapping(entries.map { $0.with(key: item.with($0.key.content), value: moved($0.value, to: item)) }))
        }
    }
}

extension String {
    /// Without the white space in front and behind.
    var trimmingBlanks: String {
        let front = drop(while: \.isWhitespace)
        return String(front.reversed().drop(while: \.isWhitespace).reversed())
    }
}
