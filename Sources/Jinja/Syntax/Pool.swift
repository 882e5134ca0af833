/// A place in a pool: the number of an element.
struct Ref<Element>: Hashable, Sendable {
    let index: Int32

    init(index: Int32) {
        self.index = index
    }

    /// Where there is no element.
    static var none: Ref { Ref(index: -1) }

    var exists: Bool { index >= 0 }
}

/// Neighbours in a pool.
struct Run<Element>: Sendable {
    let start: Int32
    let count: Int32

    static var empty: Run { Run(start: 0, count: 0) }

    var isEmpty: Bool { count == 0 }
    var indices: Range<Int> { Int(start)..<Int(start) + Int(count) }
}

/// Nodes of one kind side by side, found by number instead of by reference: making a tree needs no memory for each
/// node, and going through it counts no references.
struct Pool<Element> {
    private(set) var elements: ContiguousArray<Element> = []

    var count: Int { elements.count }

    @inline(__always)
    subscript(ref: Ref<Element>) -> Element {
        get { elements[Int(ref.index)] }
        set { elements[Int(ref.index)] = newValue }
    }

    @inline(__always)
    subscript(index: Int) -> Element {
        get { elements[index] }
        set { elements[index] = newValue }
    }

    /// A copy of neighbours, for code that is not in a hurry.
    subscript(run: Run<Element>) -> ArraySlice<Element> { ArraySlice(elements[run.indices]) }

    mutating func reserve(_ count: Int) { elements.reserveCapacity(count) }

    mutating func add(_ element: Element) -> Ref<Element> {
        // Room for several at once: most pools that have one element have some.
        if elements.isEmpty { elements.reserveCapacity(8) }
        elements.append(element)
        return Ref(index: Int32(truncatingIfNeeded: elements.count - 1))
    }

    /// The elements added since there were this many.
    func run(from start: Int) -> Run<Element> {
        Run(start: Int32(truncatingIfNeeded: start), count: Int32(truncatingIfNeeded: elements.count - start))
    }

    mutating func add(_ new: some Collection<Element>) -> Run<Element> {
        let start = elements.count
        elements.append(contentsOf: new)
        return Run(start: Int32(truncatingIfNeeded: start), count: Int32(truncatingIfNeeded: new.count))
    }
}

extension Pool: Sendable where Element: Sendable {}
