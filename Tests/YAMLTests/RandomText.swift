import YAML

/// Documents in many hands' styles: comments, blank lines, quotes, flow and block, odd indentation, CRLF.
enum RandomText {
    static func document(_ generator: inout SeededGenerator) -> String {
        var lines: [String] = []
        if generator.chance(30) { lines.append("# head: [not yaml") }
        map(&generator, indent: "", depth: 0, &lines)
        if generator.chance(30) { lines += ["", "# tail"] }
        var text = lines.joined(separator: generator.chance(20) ? "\r\n" : "\n")
        if generator.chance(80) { text += text.utf8.contains(0x0D) ? "\r\n" : "\n" }
        return generator.chance(5) ? "\u{FEFF}" + text : text
    }

    private static func map(_ generator: inout SeededGenerator, indent: String, depth: Int, _ lines: inout [String]) {
        for index in 0..<1 + generator.below(4) {
            noise(&generator, indent, &lines)
            let key = generator.pick(["key\(index)", "\"key \(index)\"", "'k\(index)é'", "k-\(index)"])
            entry(&generator, head: indent + key + ":", indent: indent, depth: depth, &lines)
        }
    }

    private static func entry(
        _ generator: inout SeededGenerator, head: String, indent: String, depth: Int, _ lines: inout [String]
    ) {
        let inner = indent + generator.pick(["  ", "    ", " "])
        switch generator.below(depth > 2 ? 6 : 9) {
        case 0: lines.append(head + comment(&generator))
        case 1, 2, 3: lines.append(head + " " + scalar(&generator) + comment(&generator))
        case 4:
            lines.append(
                head + generator.pick([" [a, 'b', 3]", " {x: 1, \"y\": [z]}", " []", " {}"]) + comment(&generator))
        case 5:
            lines.append(head + generator.pick([" |", " >-", " |+ # keep"]))
            lines += [inner + "text one", "", inner + "text # two"]
        case 6, 7:
            lines.append(head + comment(&generator))
            map(&generator, indent: inner, depth: depth + 1, &lines)
        default:
            lines.append(head + comment(&generator))
            let dash = generator.chance(30) ? indent : inner
            for _ in 0..<1 + generator.below(3) {
                noise(&generator, dash, &lines)
                item(&generator, dash: dash, depth: depth, &lines)
            }
        }
    }

    private static func item(_ generator: inout SeededGenerator, dash: String, depth: Int, _ lines: inout [String]) {
        guard generator.chance(50) else {
            lines.append(dash + "- " + scalar(&generator) + comment(&generator))
            return
        }
        lines.append(dash + "- name: " + scalar(&generator) + comment(&generator))
        entry(&generator, head: dash + "  more:", indent: dash + "  ", depth: depth + 1, &lines)
    }

    private static func scalar(_ generator: inout SeededGenerator) -> String {
        generator.pick([
            "plain", "1.30", "two words", "\"quoted # x\"", "'single ''x'''", "日本", "true", "\"\\u00e9\\n\"", "x#y",
        ])
    }

    private static func comment(_ generator: inout SeededGenerator) -> String {
        generator.chance(30) ? generator.pick(["  # note", " # a: b", "\t# tab", "   "]) : ""
    }

    private static func noise(_ generator: inout SeededGenerator, _ indent: String, _ lines: inout [String]) {
        if generator.chance(15) { lines.append("") }
        if generator.chance(15) { lines.append(indent + "# about: what follows") }
    }

    // MARK: Places in a tree

    /// Every scalar that was written where it stands, with its path.
    static func leaves(_ root: Node) -> [(YAMLPath, Node)] {
        var found: [(YAMLPath, Node)] = []
        visit(root, YAMLPath([])) { path, node in if node.scalar != nil { found.append((path, node)) } }
        return found.filter { !$0.0.segments.isEmpty }
    }

    /// Every map, with its path.
    static func maps(_ root: Node) -> [(YAMLPath, Node)] {
        var found: [(YAMLPath, Node)] = []
        visit(root, YAMLPath([])) { path, node in if node.mapping != nil { found.append((path, node)) } }
        return found
    }

    /// Every list, with its path.
    static func lists(_ root: Node) -> [(YAMLPath, Node)] {
        var found: [(YAMLPath, Node)] = []
        visit(root, YAMLPath([])) { path, node in if node.sequence != nil { found.append((path, node)) } }
        return found
    }

    private static func visit(_ node: Node, _ path: YAMLPath, _ action: (YAMLPath, Node) -> Void) {
        guard node.alias == nil else { return }
        action(path, node)
        for (index, item) in (node.sequence ?? []).enumerated() {
            visit(item, YAMLPath(path.segments + [.index(index)]), action)
        }
        for entry in node.mapping ?? [] where entry.mergedAt == nil {
            visit(entry.value, path.appending(entry.name), action)
        }
    }
}
