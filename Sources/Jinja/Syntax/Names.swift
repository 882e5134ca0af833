/// A name of a template as a number: the same name has the same number everywhere in one template.
struct NameID: Hashable, Sendable {
    let index: Int32

    /// In the place of a name, for the text that a filter block works on.
    static let captured = NameID(index: -1)

    init(index: Int32) {
        self.index = index
    }

    /// The number of a word of the language, which is the same in every template.
    init(_ keyword: Keyword) {
        index = keyword.rawValue
    }
}

/// A name with what can be known of it before anything is evaluated.
struct Name: Sendable {
    let text: String
    let hash: Int
    /// Whether it can name a variable: some characters that the lexer takes cannot stand in one.
    let isIdentifier: Bool
    /// The types that have a method of the name.
    let methods: MethodOwners
    /// The attribute of `loop` of the name.
    let loopMember: LoopObject.Member?

    init(
        _ text: String, hash: Int, isIdentifier: Bool = true, methods: MethodOwners = [],
        loopMember: LoopObject.Member? = nil
    ) {
        self.text = text
        self.hash = hash
        self.isIdentifier = isIdentifier
        self.methods = methods
        self.loopMember = loopMember
    }

    static func isIdentifier(_ text: String) -> Bool {
        for (offset, scalar) in text.unicodeScalars.enumerated() where scalar != "_" {
            let properties = scalar.properties
            guard offset == 0 ? properties.isXIDStart : properties.isXIDContinue else { return false }
        }
        return true
    }

    /// Whether a value has a method of the name.
    func isMethod(of value: Value) -> Bool {
        switch value {
        case .dict: methods.contains(.dict)
        case .string, .markup: methods.contains(.text)
        case .list: methods.contains(.list)
        default: Methods.exists(text, on: value)
        }
    }
}

/// Types with methods.
struct MethodOwners: OptionSet, Sendable {
    let rawValue: UInt8

    static let text = MethodOwners(rawValue: 1)
    static let list = MethodOwners(rawValue: 2)
    static let dict = MethodOwners(rawValue: 4)
}

/// Names with their numbers, each once.
struct NameTable: Sendable {
    /// The names that every template knows; shared, never changed.
    private let common = CommonNames.shared
    private var own = NameIndex()

    /// How many names there are.
    var count: Int { common.index.count + own.count }

    subscript(id: NameID) -> Name {
        @inline(__always) get {
            let index = Int(id.index)
            return index < common.index.count ? common.index[index] : own[index - common.index.count]
        }
    }

    /// The number of a name, which is new where it has not been seen.
    mutating func intern(_ name: UnsafeBufferPointer<UInt8>) -> NameID {
        let hash = TextHash.hash(name)
        let index =
            common.index.find(name, hash) ?? common.index.count + (own.find(name, hash) ?? own.add(name, hash))
        return NameID(index: Int32(truncatingIfNeeded: index))
    }
}

/// The names that every template knows, in one object: a table of names is copied with one reference to it.
private final class CommonNames: Sendable {
    static let shared = CommonNames()

    let index = NameIndex.common()
}

/// Names in the order in which they were added, found by their bytes.
struct NameIndex: Sendable {
    private var names: ContiguousArray<Name> = []
    /// The bytes of all names, one after the other, and where each name ends.
    private var bytes: ContiguousArray<UInt8> = []
    private var ends: ContiguousArray<Int32> = []
    /// The places of the names by hash. The size is a power of two, or nothing.
    private var slots: ContiguousArray<Slot> = []

    /// A place in the table: most names that are not looked for differ in the part of the hash that stands here.
    private struct Slot {
        let hash: UInt32
        /// The number of the name; below 0 where there is none.
        let index: Int32

        static let empty = Slot(hash: 0, index: -1)

        init(hash: UInt32, index: Int32) {
            self.hash = hash
            self.index = index
        }

        init(hash: Int, index: Int) {
            self.hash = Self.part(of: hash)
            self.index = Int32(truncatingIfNeeded: index)
        }

        /// What the position in the table does not tell already.
        @inline(__always)
        static func part(of hash: Int) -> UInt32 { UInt32(truncatingIfNeeded: hash >> 32) }
    }

    /// An empty index: it needs no memory before the first name.
    init() {}

    init(capacity: Int) {
        slots = ContiguousArray(repeating: .empty, count: capacity)
    }

    /// The words of the language, the names of methods and the attributes of `loop`. Only these names have any of
    /// the traits of `Name`.
    static func common() -> NameIndex {
        var index = NameIndex(capacity: 512)
        let members = LoopObject.Member.allCases.map(\.rawValue)
        let methods = TextMethods.names.union(ListMethods.names).union(DictMethods.names)
        for text in Keyword.allCases.map(\.text) + methods.union(members).sorted() {
            text.withBytes { bytes in
                let hash = TextHash.hash(bytes)
                if index.find(bytes, hash) == nil {
                    _ = index.add(bytes, hash, describedAs: Self.described(text, hash))
                }
            }
        }
        return index
    }

    private static func described(_ text: String, _ hash: Int) -> Name {
        var methods: MethodOwners = []
        if TextMethods.contains(text) { methods.insert(.text) }
        if ListMethods.contains(text) { methods.insert(.list) }
        if DictMethods.contains(text) { methods.insert(.dict) }
        return Name(text, hash: hash, methods: methods, loopMember: LoopObject.Member(rawValue: text))
    }

    var count: Int { names.count }

    subscript(index: Int) -> Name {
        @inline(__always) get { names[index] }
    }

    /// The place of a name.
    func find(_ name: UnsafeBufferPointer<UInt8>, _ hash: Int) -> Int? {
        if slots.isEmpty { return nil }
        let mask = slots.count - 1
        let part = Slot.part(of: hash)
        var position = hash & mask
        while true {
            let slot = slots[position]
            if slot.index < 0 { return nil }
            if slot.hash == part, isSame(Int(slot.index), name) { return Int(slot.index) }
            position = (position + 1) & mask
        }
    }

    private func isSame(_ index: Int, _ name: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = index == 0 ? 0 : Int(ends[index - 1])
        guard Int(ends[index]) - start == name.count else { return false }
        for offset in name.indices where bytes[start + offset] != name[offset] { return false }
        return true
    }

    /// Adds a name that is not there.
    mutating func add(_ name: UnsafeBufferPointer<UInt8>, _ hash: Int, describedAs described: Name? = nil) -> Int {
        let index = names.count
        if index == 0 {
            if slots.isEmpty { slots = ContiguousArray(repeating: .empty, count: 32) }
            names.reserveCapacity(slots.count / 2)
            bytes.reserveCapacity(slots.count * 4)
            ends.reserveCapacity(slots.count / 2)
        }
        names.append(described ?? Self.named(name, hash))
        bytes.append(contentsOf: name)
        ends.append(Int32(truncatingIfNeeded: bytes.count))
        if names.count * 2 > slots.count { grow() } else { enter(index) }
        return index
    }

    private mutating func enter(_ index: Int) {
        let mask = slots.count - 1
        let hash = names[index].hash
        var position = hash & mask
        while slots[position].index >= 0 { position = (position + 1) & mask }
        slots[position] = Slot(hash: hash, index: index)
    }

    private static func named(_ name: UnsafeBufferPointer<UInt8>, _ hash: Int) -> Name {
        let text = String(decoding: name, as: UTF8.self)
        // The lexer makes names of no other ASCII than identifiers.
        var union: UInt8 = 0
        for byte in name { union |= byte }
        return Name(text, hash: hash, isIdentifier: union < 0x80 || Name.isIdentifier(text))
    }

    private mutating func grow() {
        slots = ContiguousArray(repeating: .empty, count: slots.count * 2)
        for index in names.indices { enter(index) }
    }
}
