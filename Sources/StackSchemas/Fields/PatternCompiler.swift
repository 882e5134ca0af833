/// Turns a regular expression into the instructions that `TextPattern` runs.
struct PatternCompiler {
    private typealias Instruction = TextPattern.Instruction
    private var scalars: [Unicode.Scalar]
    private var position = 0

    init(_ source: String) {
        scalars = Array(source.unicodeScalars)
        if scalars.first == "^" { scalars.removeFirst() }
        if scalars.last == "$", scalars.dropLast().last != "\\" { scalars.removeLast() }
    }

    /// The program, or `nil` for an expression outside the part of the language that is understood.
    mutating func compile() -> [TextPattern.Instruction]? {
        guard let tree = alternatives(), position == scalars.count else { return nil }
        var program: [Instruction] = []
        Self.emit(tree, into: &program)
        program.append(.accept)
        return program
    }

    private indirect enum Tree {
        case set(TextPattern.ScalarSet)
        case sequence([Tree])
        case either(Tree, Tree)
        case repeated(Tree, least: Int, most: Int?)
    }

    private var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard next == scalar else { return false }
        position += 1
        return true
    }

    private mutating func alternatives() -> Tree? {
        guard var tree = sequence() else { return nil }
        while take("|") {
            guard let other = sequence() else { return nil }
            tree = .either(tree, other)
        }
        return tree
    }

    private mutating func sequence() -> Tree? {
        var items: [Tree] = []
        while let scalar = next, scalar != "|", scalar != ")" {
            guard let item = atom(), let quantified = quantified(item) else { return nil }
            items.append(quantified)
        }
        return .sequence(items)
    }

    private mutating func quantified(_ item: Tree) -> Tree? {
        var tree = item
        while let scalar = next {
            switch scalar {
            case "*": tree = .repeated(tree, least: 0, most: nil)
            case "+": tree = .repeated(tree, least: 1, most: nil)
            case "?": tree = .repeated(tree, least: 0, most: 1)
            case "{":
                guard let bounds = bounds() else { return nil }
                tree = .repeated(tree, least: bounds.least, most: bounds.most)
                continue
            default: return tree
            }
            position += 1
        }
        return tree
    }

    private mutating func bounds() -> (least: Int, most: Int?)? {
        guard take("{"), let least = number() else { return nil }
        var most: Int? = least
        if take(",") { most = number() }
        guard take("}"), (most ?? least) >= least else { return nil }
        return (least, most)
    }

    private mutating func number() -> Int? {
        var digits = ""
        while let scalar = next, ("0"..."9").contains(scalar) {
            digits.unicodeScalars.append(scalar)
            position += 1
        }
        return Int(digits)
    }

    private mutating func atom() -> Tree? {
        guard let scalar = next else { return nil }
        position += 1
        switch scalar {
        case "(":
            if next == "?" {
                position += 1
                guard take(":") else { return nil }
            }
            guard let inside = alternatives(), take(")") else { return nil }
            return inside
        case "[": return characterClass().map { .set($0) }
        case ".": return .set(.init(ranges: [10...10], isNegated: true))
        case "\\": return escape().map { .set($0) }
        case "*", "+", "?", "{", "}", "]", "^", "$": return nil
        default: return .set(.init(ranges: [scalar.value...scalar.value]))
        }
    }

    private mutating func escape() -> TextPattern.ScalarSet? {
        guard let scalar = next else { return nil }
        position += 1
        switch scalar {
        case "d": return .init(ranges: [48...57])
        case "S": return .init(ranges: [9...13, 32...32], isNegated: true)
        case "s": return .init(ranges: [9...13, 32...32])
        case "a"..."z", "A"..."Z", "0"..."9": return nil
        default: return .init(ranges: [scalar.value...scalar.value])
        }
    }

    private mutating func characterClass() -> TextPattern.ScalarSet? {
        var set = TextPattern.ScalarSet(ranges: [])
        set.isNegated = take("^")
        while let scalar = next, scalar != "]" {
            position += 1
            var lower = scalar
            if scalar == "\\" {
                guard let escaped = escape() else { return nil }
                guard escaped.ranges.count == 1, escaped.ranges[0].count == 1, !escaped.isNegated,
                    let single = Unicode.Scalar(escaped.ranges[0].lowerBound)
                else {
                    if escaped.isNegated { return nil }
                    set.ranges += escaped.ranges
                    continue
                }
                lower = single
            }
            guard next == "-", position + 1 < scalars.count, scalars[position + 1] != "]" else {
                set.ranges.append(lower.value...lower.value)
                continue
            }
            position += 1
            let upper = scalars[position]
            position += 1
            guard upper >= lower, upper != "\\" else { return nil }
            set.ranges.append(lower.value...upper.value)
        }
        return take("]") && !set.ranges.isEmpty ? set : nil
    }

    private static func emit(_ tree: Tree, into program: inout [Instruction]) {
        switch tree {
        case .set(let set): program.append(.scalar(set))
        case .sequence(let items): for item in items { emit(item, into: &program) }
        case .either(let first, let second):
            let split = program.count
            program.append(.jump(0))
            emit(first, into: &program)
            let exit = program.count
            program.append(.jump(0))
            program[split] = .split(split + 1, program.count)
            emit(second, into: &program)
            program[exit] = .jump(program.count)
        case .repeated(let item, let least, let most):
            for _ in 0..<least { emit(item, into: &program) }
            guard let most else { return emitLoop(item, into: &program) }
            for _ in least..<most { emitOptional(item, into: &program) }
        }
    }

    private static func emitLoop(_ item: Tree, into program: inout [Instruction]) {
        let split = program.count
        program.append(.jump(0))
        emit(item, into: &program)
        program.append(.jump(split))
        program[split] = .split(split + 1, program.count)
    }

    private static func emitOptional(_ item: Tree, into program: inout [Instruction]) {
        let split = program.count
        program.append(.jump(0))
        emit(item, into: &program)
        program[split] = .split(split + 1, program.count)
    }
}
