public import Foundation

/// Why a replay's input cannot be used.
public struct ReplayProblem: Error, Sendable, Equatable, CustomStringConvertible {
    /// Where: `cluster_queues[0].preemption`.
    public let path: String
    /// What is wrong there, in one sentence.
    public let message: String

    /// The problem as JSON: `{"error": {"message": …, "path": …}}`.
    public func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(["error": ["message": message, "path": path]])
    }

    /// The place and what is wrong there.
    public var description: String { path.isEmpty ? message : "\(path): \(message)" }
}

/// A value of the input with its place.
struct ReplayNode {
    let value: JSONValue
    let path: String

    /// The value of a key in any spelling: `cluster_queue`, `clusterQueue`; absent where it is null.
    subscript(names: String...) -> ReplayNode? {
        guard let members = value.object else { return nil }
        for name in names {
            if let value = members[name], !value.isNull { return ReplayNode(value: value, path: path(name)) }
        }
        let plain = names.map(Self.plain)
        for (key, value) in members.sorted(by: { $0.key < $1.key })
        where !value.isNull && plain.contains(Self.plain(key)) {
            return ReplayNode(value: value, path: path(key))
        }
        return nil
    }

    /// The items of a list; a map counts as a list of its values with their keys as `name`.
    func items() throws -> [ReplayNode] {
        switch value {
        case .null: return []
        case .list(let list):
            return list.enumerated().map { ReplayNode(value: $1, path: "\(path)[\($0)]") }
        case .object(let members):
            return members.sorted { $0.key < $1.key }.map { key, value in
                var members = value.object ?? [:]
                members["name"] = members["name"] ?? .text(key)
                return ReplayNode(value: .object(members), path: path(key))
            }
        default: throw problem("a list is needed here")
        }
    }

    /// The members of a map by their names.
    func members() throws -> [(name: String, node: ReplayNode)] {
        guard let members = value.object else { throw problem("a map is needed here") }
        return members.sorted { $0.key < $1.key }.map { ($0, ReplayNode(value: $1, path: path($0))) }
    }

    func text() throws -> String {
        switch value {
        case .text(let text): return text
        case .number(let number): return number == number.rounded() ? String(Int(number)) : String(number)
        default: throw problem("a text is needed here")
        }
    }

    func integer() throws -> Int {
        guard let number = value.number, let integer = Int(exactly: number.rounded()) else {
            throw problem("a whole number is needed here")
        }
        return integer
    }

    func bool() throws -> Bool {
        guard let bool = value.bool else { throw problem("true or false is needed here") }
        return bool
    }

    /// An amount of a resource: a number, or a text such as `500m` or `2Gi`.
    func amount(of resource: String) throws -> Int64 {
        switch value {
        case .number(let number):
            let scaled = (resource == "cpu" ? number * 1000 : number).rounded(.up)
            guard let amount = Int64(exactly: scaled), amount >= 0 else { throw problem("this is no quantity") }
            return amount
        case .text(let text):
            guard let amount = Quantity.amount(text, of: resource), amount >= 0 else {
                throw problem("`\(text)` is no quantity")
            }
            return amount
        default: throw problem("a quantity is needed here")
        }
    }

    /// One of some words, in any case and with any marks between them.
    func choice<Value>(_ values: [String: Value]) throws -> Value {
        let word = Self.plain(try text())
        for (name, value) in values where Self.plain(name) == word { return value }
        throw problem(
            "`\(try text())` is none of \(values.keys.filter { !$0.isEmpty }.sorted().joined(separator: ", "))")
    }

    func problem(_ message: String) -> ReplayProblem { ReplayProblem(path: path, message: message) }

    private func path(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    private static func plain(_ name: String) -> String { name.lowercased().filter { $0.isLetter || $0.isNumber } }
}
