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

    init(_ text: String, hash: Int, methods: MethodOwners = [], loopMember: LoopObject.Member? = nil) {
        self.text = text
        self.hash = hash
        // The lexer makes names of no other ASCII than identifiers.
        isIdentifier = Text.isASCII(text) || Self.isIdentifier(text)
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
    private let common: NameIndex
    private var own = NameIndex(capacity: 64)

    init() {
        common = .common
    }

    /// How many names there are.
    var count: Int { common.count + own.count }

    subscript(id: NameID) -> Name {
        @inline(__always) get {
            let index = Int(id.index)
            return index < common.count ? common[index] : own[index - common.count]
        }
    }

    /// The number of a name, which is new where it has not been seen.
    mutating func intern(_ name: UnsafeBufferPointer<UInt8>) -> NameID {
        let hash = TextHash.hash(name)
        let index =
            common.find(name, hash) ?? common.count + (own.find(name, hash) ?? own.add(name, hash))
        return NameID(index: Int32(truncatingIfNeeded: index))
    }
}

/// Names in the order in which they were added, found by their bytes.
struct NameIndex: Sendable {
    private var names: ContiguousArray<Name> = []
    /// The bytes of all names, one after the other, and where each name ends.
    private var bytes: ContiguousArray<UInt8> = []
    private var ends: ContiguousArray<Int32> = []
    /// The places of the names by hash, plus one; 0 where there is none. The size is a power of two.
    private var slots: ContiguousArray<Int32>

    init(capacity: Int) {
        slots = ContiguousArray(repeating: 0, count: capacity)
    }

    /// The words of the language, the names of methods and the attributes of `loop`. Only these names have any of
    /// the traits of `Name`.
    static let common: NameIndex = {
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
    }()

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
        let mask = slots.count - 1
        var slot = hash & mask
        while slots[slot] != 0 {
            let index = Int(slots[slot]) - 1
            if names[index].hash == hash, isSame(index, name) { return index }
            slot = (slot + 1) & mask
        }
        return nil
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
            names.reserveCapacity(slots.count / 4)
            bytes.reserveCapacity(slots.count * 2)
            ends.reserveCapacity(slots.count / 4)
        }
        names.append(described ?? Name(String(decoding: name, as: UTF8.self), hash: hash))
        bytes.append(contentsOf: name)
        ends.append(Int32(truncatingIfNeeded: bytes.count))
        if names.count * 2 > slots.count { grow() } else { enter(index) }
        return index
    }

    private mutating func enter(_ index: Int) {
        let mask = slots.count - 1
        var slot = names[index].hash & mask
        while slots[slot] != 0 { slot = (slot + 1) & mask }
        slots[slot] = Int32(truncatingIfNeeded: index + 1)
    }

    private mutating func grow() {
        slots = ContiguousArray(repeating: 0, count: slots.count * 2)
        for index in names.indices { enter(index) }
    }
}
