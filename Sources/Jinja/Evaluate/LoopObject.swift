/// The special variable `loop`.
final class LoopObject: Object {
    private let source: LoopSource
    private let recursion: Recursion?
    private let state: RenderState
    private let depth0: Int
    @exclusivity(unchecked) private var index0 = -1
    @exclusivity(unchecked) private var before: Value?
    @exclusivity(unchecked) private var current: Value?
    /// Elements taken from the source ahead of their round.
    @exclusivity(unchecked) private var ahead: ContiguousArray<Value> = []
    @exclusivity(unchecked) private var aheadPosition = 0
    @exclusivity(unchecked) private var isDrained = false
    @exclusivity(unchecked) private var length: Int?
    private var lastChanged: Value?

    init(
        _ source: LoopSource, depth0: Int, recursion: Recursion?, state: RenderState
    ) {
        self.source = source
        self.depth0 = depth0
        self.recursion = recursion
        self.state = state
        length = source.knownCount
    }

    /// The next element, which becomes the current one.
    func advance() throws -> Value? {
        let next: Value?
        if aheadPosition < ahead.count {
            next = ahead[aheadPosition]
            aheadPosition += 1
            if aheadPosition == ahead.count { forgetAhead() }
        } else {
            next = isDrained ? nil : try source.next()
            if next == nil { isDrained = true }
        }
        guard let item = next else { return nil }
        index0 += 1
        before = current
        current = item
        return item
    }

    private func forgetAhead() {
        ahead.removeAll(keepingCapacity: true)
        aheadPosition = 0
    }

    private func peek() throws -> Value? {
        // Where no condition decides, nothing has to be computed ahead.
        if source.knownCount != nil { return source.peeked }
        if aheadPosition == ahead.count, !isDrained {
            if let item = try source.next() { ahead.append(item) } else { isDrained = true }
        }
        return aheadPosition < ahead.count ? ahead[aheadPosition] : nil
    }

    private func totalLength() throws -> Int {
        if let length { return length }
        while let item = try source.next() { ahead.append(item) }
        isDrained = true
        let total = index0 + 1 + ahead.count - aheadPosition
        length = total
        return total
    }

    var typeName: String { "LoopContext" }

    var isCallable: Bool { true }

    /// The attributes of a loop.
    enum Member: String, CaseIterable {
        case index, index0, first, last, length, revindex, revindex0, depth, depth0, previtem, nextitem
        case cycle, changed
    }

    func attribute(_ name: String) throws -> Value? { try Member(rawValue: name).map { try member($0) } }

    func member(_ member: Member) throws -> Value {
        switch member {
        case .index: .int(index0 + 1)
        case .index0: .int(index0)
        case .first: .bool(index0 == 0)
        case .last: .bool(try peek() == nil)
        case .length: .int(try totalLength())
        case .revindex: .int(try totalLength() - index0)
        case .revindex0: .int(try totalLength() - index0 - 1)
        case .depth: .int(depth0 + 1)
        case .depth0: .int(depth0)
        case .previtem:
            index0 == 0 ? state.undefined(hint: "there is no previous item") : before ?? .none
        case .nextitem: try peek() ?? state.undefined(hint: "there is no next item")
        case .cycle, .changed: .object(BoundMethod(receiver: .object(self), name: member.rawValue))
        }
    }

    /// Calls a method.
    func call(method: String, _ arguments: CallArguments) throws -> Value {
        if method == "cycle" {
            guard !arguments.positional.isEmpty else {
                throw EvaluationError.type("no items for cycling given")
            }
            return arguments.positional[index0 % arguments.positional.count]
        }
        let value = Value.tuple(TupleValue(arguments.positional))
        if let lastChanged, try lastChanged.isEqual(to: value) { return false }
        lastChanged = value
        return true
    }

    /// `loop(children)` in a recursive loop.
    func call(_ arguments: CallArguments, in state: RenderState) throws -> Value {
        guard let recursion else {
            throw EvaluationError.type(
                "the loop must have the `recursive` marker to be called recursively")
        }
        guard arguments.positional.count == 1, arguments.named.isEmpty else {
            throw EvaluationError.type("`loop` takes one argument")
        }
        return try recursion.call(arguments.positional[0], depth0: depth0 + 1)
    }

    func elements() throws -> ContiguousArray<Value>? {
        var result: ContiguousArray<Value> = []
        while let item = try advance() { result.append(.tuple([item, .object(self)])) }
        return result
    }

    var count: Int? { try? totalLength() }

    func printed() throws -> String { "<LoopContext \(index0 + 1)/\(try totalLength())>" }
}
