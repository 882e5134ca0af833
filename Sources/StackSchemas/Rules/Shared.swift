/// A large value that many rules look at: handing it around counts one reference and not one for each of its parts.
@dynamicMemberLookup
final class Shared<Value: Sendable>: Sendable {
    /// The value.
    let value: Value

    init(_ value: Value) { self.value = value }

    /// A part of the value.
    subscript<Part>(dynamicMember path: KeyPath<Value, Part>) -> Part {
        @inline(__always) get { value[keyPath: path] }
    }
}
