/// Breaks sentences into lines for comments and terminals.
enum Wrapping {
    /// Lines of at most a number of characters, where words allow it.
    static func lines(_ text: String, width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
            if !line.isEmpty, line.count + 1 + word.count > width {
                lines.append(line)
                line = ""
            }
            line += line.isEmpty ? String(word) : " " + word
        }
        return line.isEmpty ? lines : lines + [line]
    }
}

extension FieldInfo {
    /// Type, allowed values, unit and default in one phrase.
    var facts: String {
        var parts: [String] = []
        switch shape {
        case .choice, .integerChoice: parts.append("one of " + (shape.constraintDescription ?? ""))
        default:
            parts.append(shape.described)
            if let constraint = shape.constraintDescription { parts.append(constraint) }
        }
        if let unit { parts.append("in \(unit)") }
        if isRequired {
            parts.append("required")
        } else if let defaultValue, shape.record == nil {
            parts.append("default \(defaultValue.flowText)")
        } else if isOptional {
            parts.append("optional")
        }
        return parts.joined(separator: "; ")
    }
}

extension Shape {
    /// The type in words, with that of items.
    var described: String {
        switch self {
        case .list(let item, _, _, _): "list of " + item.described
        case .map(let keys, let values, _): "map from \(keys.name) to \(values.described)"
        case .record: "map"
        case .text(let format): format.name
        case .boolean: "true or false"
        case .integer, .integerChoice: "whole number"
        case .number: "number"
        case .choice(let choices): choices.count > 6 ? "one of the values named" : choices.joined(separator: " | ")
        }
    }
}
