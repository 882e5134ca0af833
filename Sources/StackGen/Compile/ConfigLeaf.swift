internal import StackSchemas
internal import YAML

/// A single value of a configuration with its path.
struct ConfigLeaf {
    let path: ConfigPath
    let node: Node

    /// Every single value below a node, in the order of the text. Values behind aliases are left out: they are written
    /// elsewhere.
    static func all(below root: Node) -> [ConfigLeaf] {
        var leaves: [ConfigLeaf] = []
        collect(root, ConfigPath(), &leaves)
        return leaves
    }

    private static func collect(_ node: Node, _ path: ConfigPath, _ leaves: inout [ConfigLeaf]) {
        guard node.alias == nil else { return }
        switch node.content {
        case .scalar: leaves.append(ConfigLeaf(path: path, node: node))
        case .sequence(let items):
            for (index, item) in items.enumerated() { collect(item, path[index], &leaves) }
        case .mapping(let entries):
            for entry in entries where entry.mergedAt == nil { collect(entry.value, path / entry.name, &leaves) }
        }
    }

    /// Other values that could stand in its place, written in YAML.
    func alternatives(in kind: StackKind?) -> [String] {
        guard let text = node.scalar?.text else { return [] }
        if text == "true" || text == "false" { return [text == "true" ? "false" : "true"] }
        if case .choice(let choices)? = kind?.info.root.field(at: path.keys)?.shape {
            return choices.filter { $0 != text }.prefix(2).map { $0 }
        }
        if let block = CIDRBlock(checking: text), block.prefixLength > 0 {
            let next = block.canonical.address &+ UInt32(truncatingIfNeeded: block.addressCount)
            return [CIDRBlock(address: next, prefixLength: block.prefixLength).text]
        }
        if let number = Int(text) {
            return [number + 1, number - 1].map { ConfigValue.int($0).flowText }
        }
        return [text + "x", Self.changed(text), text + "/x"].map { ConfigValue.quoted($0) }
    }

    /// The text with another last letter or digit.
    private static func changed(_ text: String) -> String {
        guard let place = text.lastIndex(where: { $0.isASCII && ($0.isLetter || $0.isNumber) }) else { return text }
        let other: Character =
            switch text[place] {
            case "0"..."8": "9"
            case "9": "8"
            case "a": "b"
            case let letter where letter.isLowercase: "a"
            case "A": "B"
            default: "A"
            }
        return text.replacingCharacters(place, by: other)
    }
}

extension String {
    fileprivate func replacingCharacters(_ place: Index, by character: Character) -> String {
        var result = self
        result.replaceSubrange(place...place, with: String(character))
        return result
    }
}
