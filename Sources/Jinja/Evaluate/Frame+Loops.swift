/// Loops.
extension Frame {
    /// - Returns: how `else` ended: it stands outside of the loop and can leave the one around it.
    func execute(_ reference: Ref<ForLoop>, _ range: SourceRange) throws -> Completion {
        let loop = template.tree.loops[reference]
        if loop.isRecursive {
            try executeRecursive(loop, range)
            return .normal
        }
        let value = try evaluate(loop.iterable)
        if loop.loopSlot < 0, !loop.test.exists { return try runSimple(loop, value, range) }
        let source: LoopSource
        do {
            source = try LoopSource(value, loop, self)
        } catch { throw located(error, self.range(loop.iterable)) }
        do {
            return try run(loop, source, depth0: 0, recursion: nil)
        } catch { throw located(error, range) }
    }

    private func run(_ loop: ForLoop, _ source: LoopSource, depth0: Int, recursion: Recursion?) throws
        -> Completion
    {
        enter(loop.constants)
        let hasRun =
            loop.loopSlot < 0
            ? try runFiltered(loop, source)
            : try runExtended(loop, LoopObject(source, depth0: depth0, recursion: recursion, state: state))
        if hasRun || loop.otherwise.statements.isEmpty { return .normal }
        enter(loop.elseEntry)
        return try execute(loop.otherwise)
    }

    /// A loop without a condition whose body does not ask for `loop`: nothing has to be kept between rounds.
    private func runSimple(_ loop: ForLoop, _ value: Value, _ range: SourceRange) throws -> Completion {
        let items: ContiguousArray<Value>
        do {
            if case .undefined(let undefined) = value { try undefined.requireLenient() }
            items = try value.elements()
        } catch { throw located(error, self.range(loop.iterable)) }
        do {
            enter(loop.constants)
            let hasRun = try runRounds(loop, items)
            guard !hasRun, !loop.otherwise.statements.isEmpty else { return .normal }
            enter(loop.elseEntry)
            return try execute(loop.otherwise)
        } catch { throw located(error, range) }
    }

    private func runRounds(_ loop: ForLoop, _ items: ContiguousArray<Value>) throws -> Bool {
        var hasRun = false
        for item in items {
            try state.step()
            try assign(item, to: loop.assigned)
            enter(loop.entry)
            switch try execute(loop.body) {
            case .normal: hasRun = true
            case .continuesLoop: continue
            case .breaksLoop: return hasRun
            }
        }
        return hasRun
    }

    /// Whether a round ran to its end: as in Jinja2, `else` is also taken when every round was left early.
    private func runFiltered(_ loop: ForLoop, _ source: LoopSource) throws -> Bool {
        var hasRun = false
        while let item = try source.next() {
            try state.step()
            try assign(item, to: loop.assigned)
            enter(loop.entry)
            switch try execute(loop.body) {
            case .normal: hasRun = true
            case .continuesLoop: continue
            case .breaksLoop: return hasRun
            }
        }
        return hasRun
    }

    private func runExtended(_ loop: ForLoop, _ object: LoopObject) throws -> Bool {
        var hasRun = false
        let outer = self[loop.loopSlot]
        defer { self[loop.loopSlot] = outer }
        while let item = try object.advance() {
            try state.step()
            try assign(item, to: loop.assigned)
            self[loop.loopSlot] = .object(object)
            enter(loop.entry)
            switch try execute(loop.body) {
            case .normal: hasRun = true
            case .continuesLoop: continue
            case .breaksLoop: return hasRun
            }
        }
        return hasRun
    }

    // MARK: - Recursive loops

    /// The loop is a function that `loop(…)` calls again.
    private func executeRecursive(_ loop: ForLoop, _ range: SourceRange) throws {
        let value = try evaluate(loop.iterable)
        do {
            let text = try recur(loop, value, depth0: 0, Recursion(loop, self))
            try state.write(text, loop.escape ?? escape)
        } catch { throw located(error, range) }
    }

    /// One level of a recursive loop, as the text it prints.
    fileprivate func recur(_ loop: ForLoop, _ value: Value, depth0: Int, _ recursion: Recursion) throws -> Value {
        let weight = Int(max(loop.body.depth, loop.otherwise.depth)) + 6
        return try state.nested(weight) {
            let inner = Frame(
                Function(slotCount: loop.slotCount), template, parent: self, context: context, state: state)
            let text = try state.capture {
                do {
                    let source = try LoopSource(value, loop, inner)
                    _ = try inner.run(loop, source, depth0: depth0, recursion: recursion)
                } catch { throw located(error, range(loop.iterable)) }
            }
            return escape == .none ? .string(text) : .markup(text)
        }
    }
}

/// What `loop(…)` needs to call the loop again.
final class Recursion {
    private let loop: ForLoop
    private let frame: Frame

    init(_ loop: ForLoop, _ frame: Frame) {
        self.loop = loop
        self.frame = frame
    }

    func call(_ value: Value, depth0: Int) throws -> Value {
        try frame.recur(loop, value, depth0: depth0, self)
    }
}

/// The elements of a loop, filtered as they are asked for.
final class LoopSource {
    private let items: ContiguousArray<Value>
    @exclusivity(unchecked) private var position = 0
    private let loop: ForLoop
    private let frame: Frame
    /// Whether the number of elements is known without visiting them, as Python's `len` would.
    let knownCount: Int?

    init(_ value: Value, _ loop: ForLoop, _ frame: Frame) throws {
        if case .undefined(let undefined) = value { try undefined.requireLenient() }
        items = try value.elements()
        self.loop = loop
        self.frame = frame
        knownCount = loop.test.exists ? nil : items.count
        if loop.test.exists { frame.enter(loop.filterEntry) }
    }

    func next() throws -> Value? {
        while position < items.count {
            let item = items[position]
            position += 1
            guard loop.test.exists else { return item }
            try frame.state.step()
            try frame.assign(item, to: loop.filterTarget)
            if try frame.isTrue(loop.test) { return item }
        }
        return nil
    }

    /// The element that comes next, where no condition decides about it.
    var peeked: Value? { position < items.count ? items[position] : nil }
}
