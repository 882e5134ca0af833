import Diagnostics
import YAML

/// A tree as lines of text: place, kind, text, anchor, alias, tag.
enum TreeDump {
    static func dump(_ document: Document) -> String {
        var lines: [String] = []
        if let root = document.root { visit(root, "", &lines) } else { lines.append("nothing") }
        for comment in document.comments {
            lines.append("\(comment.start.line):\(comment.start.column) \(comment.text)")
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private static func visit(_ node: Node, _ path: String, _ lines: inout [String]) {
        lines.append("\(place(node.span)) \(path.isEmpty ? "root" : path): \(head(node))")
        guard node.alias == nil else { return }
        switch node.content {
        case .scalar: return
        case .sequence(let items):
            for (index, item) in items.enumerated() { visit(item, "\(path)[\(index)]", &lines) }
        case .mapping(let entries):
            for entry in entries {
                let name = path.isEmpty ? entry.name : "\(path).\(entry.name)"
                lines.append("\(place(entry.key.span)) key \(quoted(entry.name))")
                if let merge = entry.mergedAt { lines.append("  merged at \(place(merge))") }
                visit(entry.value, name, &lines)
            }
        }
    }

    private static func head(_ node: Node) -> String {
        var text = node.kindDescription
        if let scalar = node.scalar { text += " \(scalar.style) \(quoted(scalar.text))" }
        if let anchor = node.anchor { text += " &\(anchor)" }
        if let alias = node.alias { text += " *\(alias.name) from \(place(alias.definition))" }
        if let tag = node.tag { text += " tag \(tag)" }
        return text
    }

    private static func place(_ span: SourceSpan) -> String {
        "\(span.start.line):\(span.start.column)-\(span.end.line):\(span.end.column)"
    }

    private static func quoted(_ text: String) -> String {
        let escaped = text.unicodeScalars.map {
            $0.isASCII || $0.value > 0x9F ? $0.escaped(asASCII: false) : "\\u{\($0.value)}"
        }
        return "\"\(escaped.joined())\""
    }
}
