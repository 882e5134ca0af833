internal import Diagnostics
internal import StackSchemas
internal import YAML

/// Finds the line of a configuration that made a resource of its template.
struct ConfigOrigin {
    let config: CheckedConfig
    let map: TemplateMap

    /// Which key of the configuration a module of the template is made from. A key that the configuration leaves to
    /// its default has no line; then the next one counts.
    private static let keys: [String: [String]] = [
        "Network": ["vpc"], "Security group": ["vpc"], "Roles": ["iam"], "EKS": ["eks"],
        "Helm chart of HyperPod": ["helm"], "Lifecycle scripts": ["lifecycle"], "FSx for Lustre": ["fsx"],
        "FSx CSI driver": ["fsx"],
        "HyperPod cluster": ["instance_groups", "restricted_instance_groups", "hyperpod"],
        "cert-manager": ["addons"], "Training operator": ["addons"], "Observability": ["addons"],
        "Mountpoint for S3 CSI driver": ["addons"], "Inference operator": ["addons"],
        "Task governance": ["task_governance"],
    ]

    /// The place of the key, or of the item of a list below it that is named in the resource; the configuration's
    /// name where everything about the resource is a default.
    func span(of logicalID: String) -> SourceSpan? {
        guard let root = config.document?.root else { return nil }
        let module = map.modules[logicalID] ?? ""
        for key in Self.keys[module] ?? [] {
            guard let entry = root.entry(forKey: key) else { continue }
            let texts = map.scalars(of: logicalID)
            return item(below: entry.value, namedIn: texts, logicalID) ?? entry.key.span
        }
        return root.entry(forKey: "name")?.key.span
    }

    /// The value of the configuration that a service complains about: the longest one, in the part that made the
    /// resource, whose text stands in the service's words; otherwise the place of the part.
    func span(of logicalID: String, complaint: String) -> SourceSpan? {
        guard let root = config.document?.root else { return nil }
        let keys = Self.keys[map.modules[logicalID] ?? ""] ?? []
        let named = keys.compactMap { root.entry(forKey: $0)?.value }.flatMap(Self.scalars)
            .filter { Self.isUnmistakable($0.text) && complaint.containsWord($0.text) }
        let longest = named.map(\.text.count).max()
        return named.first { $0.text.count == longest }?.span ?? span(of: logicalID)
    }

    /// Whether a text means the same wherever it stands: a type, an id or a name of several parts, and no single word.
    private static func isUnmistakable(_ text: String) -> Bool {
        text.count >= 4 && text.contains(where: \.isLetter) && text.contains { $0.isNumber || "-._/:".contains($0) }
    }

    /// Everything that is written below a node, in its order.
    private static func scalars(_ node: Node) -> [(text: String, span: SourceSpan)] {
        switch node.content {
        case .scalar(let scalar): [(scalar.text, node.span)]
        case .sequence(let items): items.flatMap(scalars)
        case .mapping(let entries): entries.flatMap { scalars($0.value) }
        }
    }

    /// `config.yaml:12`, for a line of talk.
    func place(of logicalID: String) -> String? {
        span(of: logicalID).map { "\($0.file.name):\($0.start.line)" }
    }

    /// The deepest item of a list that the resource is about: its `name` is written in the resource, and no other
    /// item's is, or its name is part of the logical id.
    private func item(below node: Node, namedIn texts: Set<String>, _ logicalID: String) -> SourceSpan? {
        var candidates: [SourceSpan] = []
        var open = [node]
        while let next = open.popLast() {
            switch next.content {
            case .scalar: break
            case .mapping(let entries): open += entries.map(\.value)
            case .sequence(let items):
                for item in items {
                    guard let name = Self.name(of: item) else { continue }
                    if texts.contains(name.text) { candidates.append(name.span) }
                }
                open += items
            }
        }
        return candidates.count == 1 ? candidates[0] : nil
    }

    /// What an item of a list is called.
    private static func name(of item: Node) -> (text: String, span: SourceSpan)? {
        for key in ["name", "file_system_path", "principal_arn", "s3_uri"] {
            guard let node = item[key], let text = node.scalar?.text else { continue }
            return (text, node.span)
        }
        return nil
    }
}

extension String {
    /// Whether a text stands in this one with nothing of a word directly before or behind it.
    fileprivate func containsWord(_ text: String) -> Bool {
        var rest = self[...]
        while let found = rest.firstRange(of: text) {
            let before = found.lowerBound == startIndex ? nil : self[index(before: found.lowerBound)]
            let after = found.upperBound == endIndex ? nil : self[found.upperBound]
            if ![before, after].contains(where: { $0.map { $0.isLetter || $0.isNumber || $0 == "-" } ?? false }) {
                return true
            }
            rest = rest[found.upperBound...]
        }
        return false
    }
}
