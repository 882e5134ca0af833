internal import AWS
internal import YAML

/// Reads texts of an evaluated template that follow from region and account alone.
struct TemplateText {
    private let pseudoParameters: [String: String]

    init(region: String, account: String, partition: Partition) {
        pseudoParameters = [
            "AWS::Region": region, "AWS::AccountId": account, "AWS::Partition": partition.id,
            "AWS::URLSuffix": partition.dnsSuffix,
        ]
    }

    /// A plain text, or `Ref`, `Fn::Join` and `Fn::Sub` of plain texts and pseudo parameters; `nil` for anything else,
    /// such as what refers to a resource.
    func text(_ node: Node?) -> String? {
        guard let node else { return nil }
        if let text = node.scalar?.text { return text }
        if let name = node["Ref"]?.scalar?.text { return pseudoParameters[name] }
        if let parts = node["Fn::Join"]?.sequence, parts.count == 2, let separator = parts[0].scalar?.text {
            let texts = parts[1].sequence?.map(text)
            guard let texts, !texts.contains(nil) else { return nil }
            return texts.compactMap { $0 }.joined(separator: separator)
        }
        guard let substitution = node["Fn::Sub"] else { return nil }
        if let pattern = substitution.scalar?.text { return filled(pattern, pseudoParameters) }
        guard let parts = substitution.sequence, parts.count == 2, let pattern = parts[0].scalar?.text else {
            return nil
        }
        var values = pseudoParameters
        for entry in parts[1].mapping ?? [] { values[entry.name] = text(entry.value) }
        return filled(pattern, values)
    }

    /// The pattern with its `${NAME}` replaced; `nil` when one has no value.
    private func filled(_ pattern: String, _ values: [String: String]) -> String? {
        var text = ""
        var rest = pattern[...]
        while let start = rest.firstRange(of: "${"), let end = rest[start.upperBound...].firstIndex(of: "}") {
            let name = String(rest[start.upperBound..<end])
            text += rest[..<start.lowerBound]
            if name.hasPrefix("!") {
                text += "${\(name.dropFirst())}"
            } else {
                guard let value = values[name] else { return nil }
                text += value
            }
            rest = rest[rest.index(after: end)...]
        }
        return text + rest
    }
}
