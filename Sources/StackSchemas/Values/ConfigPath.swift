/// A way through a configuration: `instance_groups[0].count`.
public struct ConfigPath: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// A step of a path.
    public enum Step: Sendable, Hashable {
        /// Into a map, by key.
        case key(String)
        /// Into a list, by position from 0.
        case index(Int)
    }

    /// Rules name paths in code and follow few of them, so a literal is taken apart, and what was put behind it joined
    /// to it, only when somebody asks.
    private enum Storage: Sendable {
        case literal(StaticString)
        case steps([Step])
        indirect case behind(Storage, Step)

        var steps: [Step] {
            switch self {
            case .steps(let steps): steps
            case .behind(let first, let step): first.steps + [step]
            case .literal(let literal):
                "\(literal)".utf8.split(separator: UInt8(ascii: ".")).map { .key(String(Substring($0))) }
            }
        }
    }

    private let storage: Storage

    /// The steps from the root.
    public var steps: [Step] { storage.steps }

    private init(_ storage: Storage) { self.storage = storage }

    /// A path of these steps.
    public init(_ steps: [Step] = []) {
        storage = .steps(steps)
    }

    /// A path of keys joined by dots. For paths written in code; keys with dots in them need `steps`.
    public init(stringLiteral text: StaticString) {
        storage = .literal(text)
    }

    /// The same steps.
    public static func == (first: ConfigPath, second: ConfigPath) -> Bool { first.steps == second.steps }

    /// Hashes the steps.
    public func hash(into hasher: inout Hasher) { hasher.combine(steps) }

    /// Reads `a.b[0].c` and `a["x.y"]`; `nil` where the text is no such path.
    public init?(parsing text: String) {
        var steps: [Step] = []
        var rest = Substring(text)
        while let first = rest.first {
            if first == "[" {
                guard let close = rest.firstIndex(of: "]") else { return nil }
                let inside = rest[rest.index(after: rest.startIndex)..<close]
                if inside.first == "\"", inside.last == "\"", inside.count >= 2 {
                    steps.append(.key(String(inside.dropFirst().dropLast())))
                } else if let index = Int(inside), index >= 0 {
                    steps.append(.index(index))
                } else {
                    return nil
                }
                rest = rest[rest.index(after: close)...]
            } else {
                let key = rest.prefix { $0 != "." && $0 != "[" }
                guard !key.isEmpty else { return nil }
                steps.append(.key(String(key)))
                rest = rest[key.endIndex...]
            }
            if rest.first == "." {
                rest = rest.dropFirst()
                if rest.isEmpty { return nil }
            }
        }
        self.init(steps)
    }

    /// The path with a key behind it.
    public static func / (path: ConfigPath, key: String) -> ConfigPath {
        ConfigPath(Storage.behind(path.storage, .key(key)))
    }

    /// The path of an item.
    public subscript(index: Int) -> ConfigPath { ConfigPath(Storage.behind(storage, .index(index))) }

    /// The path without its last step; the root is its own parent.
    public var parent: ConfigPath {
        if case .behind(let first, _) = storage { return ConfigPath(first) }
        return ConfigPath(Array(steps.dropLast()))
    }

    /// The keys alone, without positions in lists: the declaration that the path belongs to.
    public var keys: [String] {
        steps.compactMap { step in if case .key(let key) = step { key } else { nil } }
    }

    /// The path as people write it.
    public var description: String {
        var text = ""
        for step in steps {
            switch step {
            case .index(let index): text += "[\(index)]"
            case .key(let key) where key.utf8.allSatisfy(Self.isPlain) && !key.isEmpty:
                text += text.isEmpty ? key : ".\(key)"
            case .key(let key): text += "[\(ConfigValue.quoted(key))]"
            }
        }
        return text
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte)
            || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }
}
