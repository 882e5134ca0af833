import Foundation

/// Form parameters of the query protocols, in the order in which they were set.
struct QueryParameters {
    private var pairs: [(name: String, value: String)] = []

    /// Sets a text; nil sets nothing.
    mutating func set(_ name: String, _ value: String?) {
        if let value { pairs.append((name, value)) }
    }

    /// Sets a whole number; nil sets nothing.
    mutating func set(_ name: String, _ value: Int?) {
        set(name, value.map { String($0) })
    }

    /// Sets a truth value; nil sets nothing.
    mutating func set(_ name: String, _ value: Bool?) {
        set(name, value.map { $0 ? "true" : "false" })
    }

    /// Sets a list as `name.member.1`, `name.member.2`, …; an empty list sets nothing.
    mutating func setList(_ name: String, _ values: [String]) {
        for (index, value) in values.enumerated() { set("\(name).member.\(index + 1)", value) }
    }

    /// Sets a list as EC2 has it: `name.1`, `name.2`, ….
    mutating func setFlatList(_ name: String, _ values: [String]) {
        for (index, value) in values.enumerated() { set("\(name).\(index + 1)", value) }
    }

    /// The form: every byte that is not unreserved is percent-encoded, and nothing else is changed.
    var encoded: String {
        pairs.map { "\(PercentEncoding.encode($0.name))=\(PercentEncoding.encode($0.value))" }.joined(separator: "&")
    }
}
