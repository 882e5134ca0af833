/// A field with the path that leads to it; positions in lists are written `[]`, keys of maps `.<key>`.
public struct SchemaPath: Sendable, Hashable {
    /// The path: `eks.version`, `instance_groups[].count`.
    public let path: String
    /// The field.
    public let field: FieldInfo

    /// The flag of `configure`: `--eks-version`; `nil` for fields that a flag cannot set: those in lists, and those
    /// that are no scalars.
    public var flag: String? {
        guard field.shape.isScalar, !path.contains("[]"), !path.contains("<") else { return nil }
        return "--" + String(path.map { $0 == "." || $0 == "_" ? "-" : $0 })
    }
}

extension SchemaInfo {
    /// Every field of the schema, parents before their parts, in the order of the declaration.
    public var paths: [SchemaPath] { Self.paths(of: root, under: "") }

    /// The fields that `configure` has flags for.
    public var flags: [SchemaPath] { paths.filter { $0.flag != nil } }

    private static func paths(of record: RecordInfo, under prefix: String) -> [SchemaPath] {
        record.fields.flatMap { field in
            let path = prefix + field.key
            let inner: [SchemaPath] =
                switch field.shape {
                case .record(let record): paths(of: record, under: path + ".")
                case .list(let item, _, _, _): item.record.map { paths(of: $0, under: path + "[].") } ?? []
                case .map(_, let value, _): value.record.map { paths(of: $0, under: path + ".<key>.") } ?? []
                default: []
                }
            return [SchemaPath(path: path, field: field)] + inner
        }
    }

    /// The field at a path as people write it, such as `instance_groups[gpu].count`; `nil` where there is none.
    public func field(at path: String) -> FieldInfo? {
        guard let segments = PathSegments.split(path), !segments.isEmpty else { return nil }
        var record: RecordInfo? = root
        var shape: Shape?
        var found: FieldInfo?
        for segment in segments {
            if let current = record {
                guard let field = current.field(segment.name) else { return nil }
                found = field
                shape = field.shape
            } else {
                switch shape {
                case .list(.record(let item), _, _, _) where !segment.isBracketed:
                    // `instance_groups.count` is a key of every item.
                    guard let field = item.field(segment.name) else { return nil }
                    found = field
                    shape = field.shape
                case .list(let item, _, _, _): shape = item
                case .map(_, let value, _): shape = value
                default: return nil
                }
            }
            if case .record(let next) = shape { record = next } else { record = nil }
        }
        return found
    }
}

extension RecordInfo {
    fileprivate func field(_ key: String) -> FieldInfo? { fields.first { $0.key == key } }
}

/// The names on the way of a path: `a.b[0]["x.y"]` gives a, b, 0 and x.y.
enum PathSegments {
    /// A name, and whether it stands in brackets: then it chooses an item.
    struct Segment {
        let name: String
        let isBracketed: Bool
    }

    static func parse(_ text: String) -> [String]? { split(text)?.map(\.name) }

    static func split(_ text: String) -> [Segment]? {
        var segments: [Segment] = []
        var rest = Substring(text)
        while !rest.isEmpty {
            if rest.first == "[" {
                guard let (segment, after) = bracket(rest) else { return nil }
                segments.append(Segment(name: segment, isBracketed: true))
                rest = after
            } else {
                let name = rest.prefix { $0 != "." && $0 != "[" }
                guard !name.isEmpty else { return nil }
                segments.append(Segment(name: String(name), isBracketed: false))
                rest = rest[name.endIndex...]
            }
            if rest.first == "." {
                rest = rest.dropFirst()
                if rest.isEmpty { return nil }
            }
        }
        return segments
    }

    private static func bracket(_ text: Substring) -> (String, Substring)? {
        let inside = text.dropFirst()
        if let quote = inside.first, quote == "\"" || quote == "'" {
            let body = inside.dropFirst()
            guard let end = body.firstIndex(of: quote) else { return nil }
            let after = body[body.index(after: end)...]
            return after.first == "]" ? (String(body[..<end]), after.dropFirst()) : nil
        }
        guard let end = inside.firstIndex(of: "]") else { return nil }
        return (String(inside[..<end]), inside[inside.index(after: end)...])
    }
}
