/// A compiled pattern of at most 256 instructions as sets of bits: a step of the simulation is a handful of words.
struct PatternMasks: Sendable {
    private typealias States = SIMD4<UInt64>

    /// For every character of ASCII the instructions that take it.
    private let takers: [States]
    /// For every instruction what can be reached from it without taking a character.
    private let closures: [States]
    private let accepting: States

    init?(_ program: [TextPattern.Instruction]) {
        guard !program.isEmpty, program.count <= 256 else { return nil }
        var takers = [States](repeating: .zero, count: 128)
        var accepting = States.zero
        for (index, instruction) in program.enumerated() {
            switch instruction {
            case .accept: accepting.insert(index)
            case .scalar(let set):
                for value in UInt32(0)..<128 where set.contains(Unicode.Scalar(UInt8(value))) {
                    takers[Int(value)].insert(index)
                }
            case .split, .jump: break
            }
        }
        self.takers = takers
        self.accepting = accepting
        closures = program.indices.map { Self.closure(of: $0, in: program) }
    }

    private static func closure(of start: Int, in program: [TextPattern.Instruction]) -> States {
        var reached = States.zero
        var pending = [start]
        while let state = pending.popLast() {
            guard !reached.contains(state) else { continue }
            reached.insert(state)
            switch program[state] {
            case .jump(let target): pending.append(target)
            case .split(let first, let second): pending += [second, first]
            case .scalar, .accept: break
            }
        }
        return reached
    }

    /// Whether the whole text matches; `nil` for a text beyond ASCII.
    func matches(_ text: String) -> Bool? {
        var current = closures[0]
        for byte in text.utf8 {
            guard byte < 128 else { return nil }
            guard step(&current, byte) else { return false }
        }
        return current & accepting != .zero
    }

    /// Whether the whole text matches, has neither control characters nor braces, and is of ASCII.
    func plainlyMatches(_ text: String) -> Bool {
        var current = closures[0]
        for byte in text.utf8 {
            guard byte >= 0x20, byte < UInt8(ascii: "{"), step(&current, byte) else { return false }
        }
        return current & accepting != .zero
    }

    /// Goes on with a character; `false` when no instruction takes it.
    private func step(_ current: inout States, _ byte: UInt8) -> Bool {
        let taking = current & takers[Int(byte)]
        current = .zero
        for lane in 0..<4 {
            var word = taking[lane]
            while word != 0 {
                current |= closures[lane * 64 + word.trailingZeroBitCount + 1]
                word &= word - 1
            }
        }
        return current != .zero
    }
}

extension SIMD4<UInt64> {
    fileprivate mutating func insert(_ index: Int) { self[index / 64] |= 1 << UInt64(index % 64) }

    fileprivate func contains(_ index: Int) -> Bool { self[index / 64] & 1 << UInt64(index % 64) != 0 }
}
