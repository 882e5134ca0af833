internal import StackSchemas

/// Writes a cluster as a `config.yaml` of the kind `cluster-stack`: what differs from the defaults, with comments.
struct NativeWriter {
    /// Comments by the path that they stand at, such as `eks.version`.
    var comments: [String: PersonComments.Attached] = [:]
    /// Lines at the head of the file.
    var head: [String] = []
    /// Lines at its end.
    var tail: [String] = []

    /// The text, ending in a newline.
    func text(of cluster: ClusterStack) -> String {
        var lines = head.map { $0.isEmpty ? "#" : "# \($0)" }
        let info = StackKind.clusterStack.info.root
        lines += fields(info, cluster.configValue, ClusterStack().configValue, path: "", indent: "")
        lines += tail.map { "# \($0)" }
        return lines.joined(separator: "\n") + "\n"
    }

    private func fields(
        _ info: RecordInfo, _ value: ConfigValue, _ initial: ConfigValue?, path: String, indent: String
    ) -> [String] {
        info.fields.flatMap { field -> [String] in
            guard let written = value[field.key], written != .null else { return [] }
            let place = path.isEmpty ? field.key : "\(path).\(field.key)"
            guard field.isRequired || written != initial?[field.key] else { return lone(place, indent) }
            return entry(field, written, initial?[field.key], place: place, indent: indent)
        }
    }

    /// The comments of a key that is not written, since its value is the default.
    private func lone(_ place: String, _ indent: String) -> [String] {
        guard let attached = comments[place] else { return [] }
        return (attached.above + (attached.behind.map { [$0] } ?? [])).map { "\(indent)# \($0)" }
    }

    private func entry(
        _ field: FieldInfo, _ value: ConfigValue, _ initial: ConfigValue?, place: String, indent: String
    ) -> [String] {
        let attached = comments[place]
        let above = (attached?.above ?? []).map { "\(indent)# \($0)" }
        let behind = attached?.behind.map { "  # \($0)" } ?? ""
        switch (field.shape, value) {
        case (.record(let record), .map):
            // A record that is absent by default is written against the defaults of its own fields.
            let against = initial.flatMap { $0 == .null ? nil : $0 } ?? Self.defaults(of: record)
            let inner = fields(record, value, against, path: place, indent: indent + "  ")
            return inner.isEmpty
                ? above + ["\(indent)\(field.key): {}\(behind)"] : above + ["\(indent)\(field.key):\(behind)"] + inner
        case (.list(.record(let record), _, _, _), .list(let items)) where !items.isEmpty:
            return above + ["\(indent)\(field.key):\(behind)"]
                + items.flatMap { item(record, $0, indent: indent + "  ") }
        default:
            return above + ["\(indent)\(field.key): \(value.flowText)\(behind)"]
        }
    }

    private func item(_ record: RecordInfo, _ value: ConfigValue, indent: String) -> [String] {
        var lines = fields(record, value, Self.defaults(of: record), path: "\u{0}", indent: indent + "  ")
        guard let first = lines.first else { return ["\(indent)- {}"] }
        lines[0] = indent + "- " + first.drop { $0 == " " }
        return lines
    }

    private static func defaults(of record: RecordInfo) -> ConfigValue {
        .map(
            record.fields.map { field in
                // What has no default is written where it is not empty.
                let absent: ConfigValue = field.shape.isScalar ? .string("") : .list([])
                return ConfigValue.Entry(field.key, field.defaultValue ?? absent)
            })
    }
}
