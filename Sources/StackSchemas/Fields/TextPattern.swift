/// A regular expression in the part of the language that JSON Schema recommends, matched in linear time.
///
/// The same text goes into the JSON Schema, so an editor and stackgen cannot disagree. Understood are literals,
/// `.`, escapes (`\d`, `\.`), classes with ranges and negation, groups, alternatives and the quantifiers
/// `*`, `+`, `?`, `{n}` and `{m,n}`. A pattern always matches the whole text, whether or not it says `^` and `$`.
///
/// A class, so that asking the pattern of a type copies none of it.
public final class TextPattern: Sendable {
    /// The expression as written.
    public let source: String
    /// The number of characters that a text may have.
    private let lengths: ClosedRange<Int>
    private let program: [Instruction]
    /// The same program for short texts of ASCII, by far the most; `nil` where it has too many instructions.
    private let masks: PatternMasks?

    /// Compiles an expression. An expression that is not understood matches nothing; `isWellFormed` tells.
    public convenience init(_ source: String) { self.init(source, lengths: 0...Int.max) }

    private init(_ source: String, lengths: ClosedRange<Int>) {
        self.source = source
        self.lengths = lengths
        var compiler = PatternCompiler(source)
        let program = compiler.compile()
        self.isWellFormed = program != nil
        self.program = program ?? []
        self.masks = PatternMasks(self.program)
    }

    /// Whether the expression was understood.
    public let isWellFormed: Bool

    /// Whether the whole text matches.
    public func matches(_ text: String) -> Bool {
        guard isWellFormed else { return false }
        if let answer = masks?.matches(text) { return answer }
        var current = StateSet(count: program.count)
        var next = StateSet(count: program.count)
        current.add(0, in: program)
        for scalar in text.unicodeScalars {
            next.removeAll()
            for state in current.states {
                if case .scalar(let set) = program[state], set.contains(scalar) { next.add(state + 1, in: program) }
            }
            if next.states.isEmpty { return false }
            swap(&current, &next)
        }
        return current.states.contains { if case .accept = program[$0] { true } else { false } }
    }

    /// Whether a text is certainly right in every respect that can be told in one pass: of ASCII, without control
    /// characters and braces, of a length that the format has, and matching. Of others more has to be asked.
    func plainlyAccepts(_ text: String) -> Bool {
        guard let masks, lengths.contains(text.utf8.count) else { return false }
        return masks.plainlyMatches(text)
    }

    enum Instruction: Sendable {
        case scalar(ScalarSet)
        case split(Int, Int)
        case jump(Int)
        case accept
    }

    struct ScalarSet: Sendable {
        var ranges: [ClosedRange<UInt32>]
        var isNegated = false

        func contains(_ scalar: Unicode.Scalar) -> Bool {
            ranges.contains { $0.contains(scalar.value) } != isNegated
        }
    }

    /// The threads of the simulation (Thompson's construction): each instruction at most once.
    private struct StateSet {
        private(set) var states: [Int] = []
        private var isMember: [Bool]

        init(count: Int) { isMember = Array(repeating: false, count: count) }

        mutating func removeAll() {
            for state in states { isMember[state] = false }
            states.removeAll(keepingCapacity: true)
        }

        mutating func add(_ state: Int, in program: [Instruction]) {
            var pending = [state]
            while let state = pending.popLast() {
                guard !isMember[state] else { continue }
                isMember[state] = true
                states.append(state)
                switch program[state] {
                case .jump(let target): pending.append(target)
                case .split(let first, let second): pending += [second, first]
                case .scalar, .accept: break
                }
            }
        }
    }
}

extension TextPattern {
    /// The pattern of a format; `nil` for a format that takes any text.
    convenience init?(_ format: TextFormat) {
        guard let pattern = format.pattern else { return nil }
        let least = format.minimumLength ?? 0
        self.init(pattern, lengths: least...max(least, format.maximumLength ?? .max))
    }
}
