/// The storage of a mapping: any hashable keys, insertion order, shared by reference as in Python.
public final class DictValue {
    /// The keys, in insertion order.
    public private(set) var keys: ContiguousArray<Value> = []
    /// The values, in the order of their keys.
    public private(set) var values: ContiguousArray<Value> = []
    /// Positions by key; built only above `linearLimit` entries.
    private var positions: [HashableValue: Int] = [:]

    /// Below this number of entries a scan is faster than hashing.
    private static let linearLimit = 8

    /// An empty mapping.
    public init() {}

    deinit {
        DeepRelease.release(&values)
    }

    /// The number of entries.
    public var count: Int { keys.count }

    /// The value of a text key.
    public subscript(key: String) -> Value? {
        guard keys.count > Self.linearLimit else {
            for index in keys.indices {
                if let name = keys[index].stringValue, Text.isSame(name, key) { return values[index] }
            }
            return nil
        }
        return positions[HashableValue(.string(key))].map { values[$0] }
    }

    /// The value of any hashable key.
    func value(for key: Value) -> Value? {
        position(of: key).map { values[$0] }
    }

    /// The position of a key in insertion order.
    func position(of key: Value) -> Int? {
        let wanted = HashableValue(key)
        guard keys.count > Self.linearLimit else {
            return keys.firstIndex { HashableValue($0) == wanted }
        }
        return positions[wanted]
    }

    /// Sets the value of a text key; a new key goes last.
    public func set(_ key: String, _ value: Value) {
        set(.string(key), value)
    }

    /// Sets the value of a key that is known to be hashable; a new key goes last.
    func set(_ key: Value, _ value: Value) {
        if let position = position(of: key) {
            values[position] = value
            return
        }
        keys.append(key)
        values.append(value)
        if keys.count == Self.linearLimit + 1 {
            reindex()
        } else if keys.count > Self.linearLimit {
            positions[HashableValue(key)] = keys.count - 1
        }
    }

    /// Removes a key and returns its value.
    func remove(_ key: Value) -> Value? {
        guard let position = position(of: key) else { return nil }
        keys.remove(at: position)
        reindexAfterRemoval()
        return values.remove(at: position)
    }

    /// Removes every entry.
    func removeAll() {
        keys = []
        values = []
        positions = [:]
    }

    /// A copy with the same entries.
    func copy() -> DictValue {
        let copy = DictValue()
        copy.keys = keys
        copy.values = values
        copy.positions = positions
        return copy
    }

    /// The entries as (key, value) tuples.
    var entries: ContiguousArray<Value> {
        ContiguousArray(zip(keys, values).map { .tuple([$0, $1]) })
    }

    /// Hands over the values for release.
    func takeValues() -> ContiguousArray<Value> {
        let taken = values
        removeAll()
        return taken
    }

    private func reindexAfterRemoval() {
        positions = [:]
        if keys.count > Self.linearLimit { reindex() }
    }

    private func reindex() {
        positions.reserveCapacity(keys.count * 2)
        for (index, key) in keys.enumerated() { positions[HashableValue(key)] = index }
    }
}
