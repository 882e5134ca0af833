internal import Diagnostics
internal import Jinja
internal import StackSchemas
internal import YAML

/// Leads problems of an evaluated template back to the template's line and to the configuration's value.
///
/// Nothing of this costs a template that is right: the template is evaluated again, with a trace, only once it turned
/// out wrong. Which values feed a place is found by trying: each value of the configuration is changed in turn, and
/// one whose change changes the text printed at the place feeds it, through whatever macros, loops and plans.
struct TemplateOrigins {
    private let template: Template
    private let checked: CheckedConfig
    private let config: SourceFile
    /// What the template sees of a configuration; `nil` of one that is not evaluated.
    private let context: (CheckedConfig) -> Value?

    /// The most values that are tried, and the most that are named of one problem.
    private static let trialLimit = 400
    private static let feederLimit = 3

    init(
        _ template: Template, checked: CheckedConfig, config: SourceFile, context: @escaping (CheckedConfig) -> Value?
    ) {
        self.template = template
        self.checked = checked
        self.config = config
        self.context = context
    }

    /// The problems at their places in the template, each with the text that it was found in and the values that feed
    /// it. A problem whose origin cannot be told stays as it is.
    func trace(_ problems: [Diagnostic], in evaluated: SourceFile) -> [Diagnostic] {
        guard let render = evaluate(checked), render.bytes == evaluated.bytes else { return problems }
        var traced = problems.map { TracedProblem($0, render, in: evaluated) }
        findFeeders(of: &traced)
        // A line in a loop evaluates to its mistake time after time; it is one mistake.
        var seen: Set<String> = []
        return traced.map(\.diagnostic).filter { problem in
            let place = problem.span.map { "\($0.file.name):\($0.range)" } ?? ""
            return seen.insert("\(problem.id) \(place) \(problem.message)").inserted
        }
    }

    private func evaluate(_ checked: CheckedConfig) -> TracedRender? {
        guard let context = context(checked), let (bytes, pieces) = try? template.traced(context) else { return nil }
        return TracedRender(bytes: bytes, pieces: pieces)
    }

    private func findFeeders(of problems: inout [TracedProblem]) {
        guard problems.contains(where: { $0.isComputed }), let root = checked.document?.root else { return }
        for leaf in ConfigLeaf.all(below: root).prefix(Self.trialLimit) {
            let renders = changed(leaf)
            for index in problems.indices where problems[index].feeders.count < Self.feederLimit {
                if renders.contains(where: problems[index].isChanged) { problems[index].feeders.append(leaf) }
            }
        }
    }

    /// The template evaluated with other values in the place of one; none where no other value can be read.
    private func changed(_ leaf: ConfigLeaf) -> [TracedRender] {
        leaf.alternatives(in: checked.kind).compactMap { value in
            let edit = TextEdit(span: leaf.node.span, replacement: value)
            let file = SourceFile(name: config.name, bytes: [edit].applied(to: config.bytes))
            return evaluate(ConfigChecker.check(file, region: checked.hosted?.region?.text))
        }
    }
}

/// The output of a render with the origins of its pieces.
private struct TracedRender {
    let bytes: [UInt8]
    let pieces: [OutputPiece]

    /// The pieces that a range touches; of an empty range the one that it lies in, or ends.
    func pieces(in range: Range<Int>) -> [Int] {
        let touched = pieces.indices.filter { index in
            let piece = pieces[index].range
            return range.isEmpty
                ? piece.lowerBound <= range.lowerBound && range.lowerBound < piece.upperBound : piece.overlaps(range)
        }
        if !touched.isEmpty { return touched }
        return pieces.indices.last { pieces[$0].range.upperBound <= range.lowerBound }.map { [$0] } ?? []
    }

    /// What an expression printed, time after time.
    func texts(of origin: SourceSpan) -> [ArraySlice<UInt8>] {
        pieces.filter { $0.origin.hasSamePlace(as: origin) }.map { bytes[$0.range] }
    }
}

/// A problem with the pieces of output that it was found in.
private struct TracedProblem {
    private let problem: Diagnostic
    private let pieces: [OutputPiece]
    /// The problem's related places, led back too.
    private let notes: [Diagnostic.Note]
    /// What each expression among the pieces printed in the whole render, and which time is this one.
    private let computed: [(origin: SourceSpan, texts: [ArraySlice<UInt8>], time: Int)]
    var feeders: [ConfigLeaf] = []

    init(_ problem: Diagnostic, _ render: TracedRender, in evaluated: SourceFile) {
        self.problem = problem
        notes = problem.notes.map { note in
            guard let span = note.span, span.file === evaluated else { return note }
            let pieces = render.pieces(in: span.range).map { render.pieces[$0] }
            return Diagnostic.Note(note.message, at: Self.place(of: span, in: pieces) ?? span)
        }
        guard let span = problem.span, span.file === evaluated else {
            pieces = []
            computed = []
            return
        }
        let touched = render.pieces(in: span.range)
        pieces = touched.map { render.pieces[$0] }
        computed = touched.filter { !render.pieces[$0].isText }.map { index in
            let origin = render.pieces[index].origin
            let time = render.pieces[..<index].count { $0.origin.hasSamePlace(as: origin) }
            return (origin, render.texts(of: origin), time)
        }
    }

    /// Whether any of the text was computed, so that values may feed it.
    var isComputed: Bool { !computed.isEmpty }

    /// Whether another render prints another text at the problem's place. Where an expression is printed more or less
    /// often than before, its places cannot be compared.
    func isChanged(in render: TracedRender) -> Bool {
        computed.contains { origin, texts, time in
            let others = render.texts(of: origin)
            return others.count == texts.count && others[time] != texts[time]
        }
    }

    /// The problem at its place in the template.
    var diagnostic: Diagnostic {
        guard let span = problem.span, let place = Self.place(of: span, in: pieces) else { return problem }
        var result = problem
        result.span = place
        result.notes = notes
        let isCopy = pieces.allSatisfy(\.isText)
        if !isCopy { result.notes.append(Diagnostic.Note("the template evaluates to this", at: span)) }
        result.notes += feeders.map { Diagnostic.Note("it comes from `\($0.path)`", at: $0.node.span) }
        result.fix = problem.fix.map { fix in
            // An edit of the evaluated text is one of the template only where the two are the same.
            let edits = fix.edits.map { TextEdit(span: place, replacement: $0.replacement) }
            let isMovable = isCopy && fix.edits.count == 1 && fix.edits[0].span == span
            return Diagnostic.Fix(fix.description, edits: isMovable ? edits : [])
        }
        return result
    }

    /// The template's text from the first piece to the last, or what was computed where they are of different files.
    private static func place(of span: SourceSpan, in pieces: [OutputPiece]) -> SourceSpan? {
        let places = pieces.map { piece in
            let range = span.range.clamped(to: piece.range)
            return piece.place(of: span.range.isEmpty ? range.lowerBound..<range.lowerBound : range)
        }
        let isInOrder = zip(places, places.dropFirst()).allSatisfy { one, next in
            one.file === next.file && one.range.upperBound <= next.range.lowerBound
        }
        guard let first = places.first, let last = places.last else { return nil }
        if isInOrder, last.start.line == first.start.line { return first.merged(with: last) }
        return pieces.firstIndex { !$0.isText }.map { places[$0] } ?? first
    }
}

extension SourceSpan {
    /// Whether two spans are the same bytes of files of one name: each compilation reads its templates anew.
    fileprivate func hasSamePlace(as other: SourceSpan) -> Bool { range == other.range && file.name == other.file.name }
}
