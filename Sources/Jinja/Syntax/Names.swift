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

/// The names of one template, each once.
struct NameTable: Sendable {
    private var names: ContiguousArray<Name> = []
    /// The bytes of all names, one after the other, and where each name ends.
    private var bytes: ContiguousArray<UInt8> = []
    private var ends: ContiguousArray<Int32> = []
    /// The numbers of the names by hash, plus one; 0 where there is none. The size is a power of two.
    private var slots: ContiguousArray<Int32>

    private init(capacity: Int) {
        slots = ContiguousArray(repeating: 0, count: capacity)
    }

    /// The words of the language, the names of methods and the attributes of `loop`: what every table begins with.
    static let wellKnown: NameTable = {
        var table = NameTable(capacity: 512)
        for keyword in Keyword.allCases { table.add(keyword.text) }
        let members = LoopObject.Member.allCases.map(\.rawValue)
        for name in TextMethods.names.union(ListMethods.names).union(DictMethods.names).union(members).sorted() {
            table.add(name)
        }
        return table
    }()

    private mutating func add(_ text: String) {
        _ = text.withBytes { intern($0) }
    }

    /// How many names there are.
    var count: Int { names.count }

    subscript(id: NameID) -> Name { names[Int(id.index)] }

    /// The number of a name, which is new where it has not been seen.
    mutating func intern(_ name: UnsafeBufferPointer<UInt8>) -> NameID {
        let hash = TextHash.hash(name)
        let mask = slots.count - 1
        var slot = hash & mask
        while slots[slot] != 0 {
            let index = Int(slots[slot]) - 1
            if names[index].hash == hash, isSame(index, name) { return NameID(index: Int32(index)) }
            slot = (slot + 1) & mask
        }
        slots[slot] = Int32(names.count + 1)
        return append(name, hash)
    }

    private func isSame(_ index: Int, _ name: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = index == 0 ? 0 : Int(ends[index - 1])
        guard Int(ends[index]) - start == name.count else { return false }
        for offset in name.indices where bytes[start + offset] != name[offset] { return false }
        return true
    }

    private mutating func append(_ name: UnsafeBufferPointer<UInt8>, _ hash: Int) -> NameID {
        let id = NameID(index: Int32(names.count))
        let text = String(decoding: name, as: UTF8.self)
        bytes.append(contentsOf: name)
        ends.append(Int32(bytes.count))
        names.append(Self.isWellKnown(id) ? Self.described(text, hash) : Name(text, hash: hash))
        if names.count * 2 > slots.count { grow() }
        return id
    }

    /// Whether a name belongs to the ones that every table begins with. While they are gathered, all do.
    private static func isWellKnown(_ id: NameID) -> Bool { id.index < wellKnownLimit }

    private static let wellKnownLimit: Int32 = {
        let members = LoopObject.Member.allCases.map(\.rawValue)
        let keywords = Keyword.allCases.map(\.text)
        let all = TextMethods.names.union(ListMethods.names).union(DictMethods.names).union(members).union(keywords)
        return Int32(all.count)
    }()

    private static func described(_ text: String, _ hash: Int) -> Name {
        var methods: MethodOwners = []
        if TextMethods.contains(text) { methods.insert(.text) }
        if ListMethods.contains(text) { methods.insert(.list) }
        if DictMethods.contains(text) { methods.insert(.dict) }
        return Name(text, hash: hash, methods: methods, loopMember: LoopObject.Member(rawValue: text))
    }

    private mutating func grow() {
        slots = ContiguousArray(repeating: 0, count: slots.count * 2)
        let mask = slots.count - 1
        for (index, name) in names.enumerated() {
            var slot = name.hash & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = Int32(index + 1)
        }
    }
}
