/// The storage of a mapping: any hashable keys, insertion order, shared by reference as in Python.
///
/// No access to what is stored here lasts while other code runs, so that the checks for overlapping ones are left out.
public final class DictValue {
    /// The keys, in insertion order.
    @exclusivity(unchecked) public private(set) var keys: ContiguousArray<Value> = []
    /// The values, in the order of their keys.
    @exclusivity(unchecked) public private(set) var values: ContiguousArray<Value> = []
    /// The hashes, in the order of their keys.
    @exclusivity(unchecked) private var hashes: ContiguousArray<Int> = []
    /// Positions by hash, plus one; 0 where there is none. Built only above `linearLimit` entries; the size is a power
    /// of two and more than the number of entries.
    @exclusivity(unchecked) private var table: ContiguousArray<Int32> = []

    /// Up to this number of entries the hashes are looked through one after the other.
    private static let linearLimit = 8

    /// An empty mapping.
    public init() {}

    deinit {
        DeepRelease.release(&values)
    }

    /// The number of entries.
    public var count: Int { keys.count }

    // MARK: - Looking up

    /// The value of a text key.
    public subscript(key: String) -> Value? {
        position(TextHash.hash(key)) { Self.isText($0, key) }.map { values[$0] }
    }

    /// The value of a name as key.
    subscript(name: Name) -> Value? {
        position(name.hash) { Self.isText($0, name.text) }.map { values[$0] }
    }

    /// The value of any hashable key.
    func value(for key: Value) -> Value? {
        position(of: key).map { values[$0] }
    }

    /// The position of a key in insertion order.
    func position(of key: Value) -> Int? {
        if keys.isEmpty { return nil }
        return position(key.keyHash) { $0.isSameKey(as: key) }
    }

    @inline(__always)
    private static func isText(_ key: Value, _ text: String) -> Bool {
        switch key {
        case .string(let own), .markup(let own): Text.isSame(own, text)
        default: false
        }
    }

    @inline(__always)
    private func position(_ hash: Int, where isKey: (Value) -> Bool) -> Int? {
        if table.isEmpty {
            for index in hashes.indices where hashes[index] == hash && isKey(keys[index]) { return index }
            return nil
        }
        let mask = table.count - 1
        var slot = hash & mask
        while table[slot] != 0 {
            let index = Int(table[slot]) - 1
            if hashes[index] == hash, isKey(keys[index]) { return index }
            slot = (slot + 1) & mask
        }
        return nil
    }

    // MARK: - Changing

    /// Sets the value of a text key; a new key goes last.
    public func set(_ key: String, _ value: Value) {
        set(.string(key), hash: TextHash.hash(key), value)
    }

    /// Sets the value of a name as key; a new key goes last.
    func set(_ name: Name, _ value: Value) {
        set(.string(name.text), hash: name.hash, value)
    }

    /// Sets the value of a key that is known to be hashable; a new key goes last.
    func set(_ key: Value, _ value: Value) {
        set(key, hash: key.keyHash, value)
    }

    private func set(_ key: Value, hash: Int, _ value: Value) {
        if let position = position(hash, where: { $0.isSameKey(as: key) }) {
            values[position] = value
            return
        }
        if keys.isEmpty {
            keys.reserveCapacity(4)
            values.reserveCapacity(4)
            hashes.reserveCapacity(4)
        }
        keys.append(key)
        values.append(value)
        hashes.append(hash)
        if table.isEmpty ? keys.count > Self.linearLimit : keys.count * 4 > table.count * 3 {
            reindex()
        } else if !table.isEmpty {
            enter(keys.count - 1)
        }
    }

    /// Removes a key and returns its value.
    func remove(_ key: Value) -> Value? {
        guard let position = position(of: key) else { return nil }
        keys.remove(at: position)
        hashes.remove(at: position)
        if !table.isEmpty { reindex() }
        return values.remove(at: position)
    }

    /// Removes every entry.
    func removeAll() {
        keys = []
        values = []
        hashes = []
        table = []
    }

    private func reindex() {
        table = []
        guard keys.count > Self.linearLimit else { return }
        var size = 32
        while size < keys.count * 2 { size *= 2 }
        table = ContiguousArray(repeating: 0, count: size)
        for index in keys.indices { enter(index) }
    }

    private func enter(_ index: Int) {
        let mask = table.count - 1
        var slot = hashes[index] & mask
        while table[slot] != 0 { slot = (slot + 1) & mask }
        table[slot] = Int32(truncatingIfNeeded: index + 1)
    }

    // MARK: - As a whole

    /// A copy with the same entries.
    func copy() -> DictValue {
        let copy = DictValue()
        copy.keys = keys
        copy.values = values
        copy.hashes = hashes
        copy.table = table
        return copy
    }

    /// The entries as (key, value) tuples.
    var entries: ContiguousArray<Value> {
        var entries: ContiguousArray<Value> = []
        entries.reserveCapacity(keys.count)
        for index in keys.indices { entries.append(.tuple(TupleValue([keys[index], values[index]]))) }
        return entries
    }

    /// Hands over the values for release.
    func takeValues() -> ContiguousArray<Value> {
        let taken = values
        removeAll()
        return taken
    }
}
