import CYAML
import Diagnostics

/// Builds the tree from libyaml's events, without recursion: one stack of finished nodes, one of open collections.
struct TreeBuilder {
    /// A collection whose end was not seen yet.
    struct Frame {
        let isMapping: Bool
        /// Where its nodes begin on the stack of nodes.
        let base: Int
        /// Where its own text begins, behind anchor and tag.
        let start: Int
        let hasBrackets: Bool
        let properties: NodeProperties?
        /// Expanded nodes counted before it was opened.
        let expandedBefore: Int
        /// The greatest depth of collections below it.
        var height = 0
    }

    /// A named value.
    struct Anchor {
        let place: Range<Int>
        /// `nil` as long as the value is being read.
        var node: Node?
        var expanded = 0
        var height = 0
    }

    let file: SourceFile
    let bytes: UnsafeBufferPointer<UInt8>
    let map: OffsetMap
    let limits: ParserLimits

    var sink = DiagnosticSink()
    var nodes: [Node] = []
    var frames: [Frame] = []
    var anchors: [ExactText: Anchor] = [:]
    var root: Node?
    var rangesWithHash: [Range<Int>] = []
    var expanded = 0
    var mergedEntries = 0
    /// Whether a problem leaves values unknown, so that checking them would only repeat it.
    var isUnreadable = false
    private var documents = 0
    /// Byte order marks inside the text that no quoted value was found to hold.
    private var innerMarks: [Range<Int>]
    private let holdsHash: Bool

    init(
        file: SourceFile, bytes: UnsafeBufferPointer<UInt8>, map: OffsetMap, limits: ParserLimits,
        innerMarks: [Range<Int>]
    ) {
        self.innerMarks = innerMarks
        self.file = file
        self.bytes = bytes
        self.map = map
        self.limits = limits
        holdsHash = bytes.contains(UInt8(ascii: "#"))
    }

    func span(_ range: Range<Int>) -> SourceSpan { SourceSpan(file, range) }

    /// What was read, in the order of the text.
    func finish() -> ParseResult {
        guard innerMarks.isEmpty else {
            return ParseResult(document: nil, diagnostics: EncodingCheck.problems(of: innerMarks, in: file))
        }
        let isAbsent = root.map { $0.properties == nil && $0.range.isEmpty } ?? true
        let document = Document(file: file, root: isAbsent ? nil : root, rangesWithHash: rangesWithHash)
        return ParseResult(
            document: isUnreadable ? nil : document, diagnostics: sink.diagnostics.sortedByPlace())
    }

    // MARK: Events

    /// Takes one event; answers whether to go on.
    mutating func handle(_ event: UnsafeMutablePointer<yaml_event_t>) -> Bool {
        switch event.pointee.type {
        case YAML_SCALAR_EVENT: return scalar(event)
        case YAML_ALIAS_EVENT: return alias(event)
        case YAML_MAPPING_START_EVENT:
            let data = event.pointee.data.mapping_start
            return open(event, isMapping: true, anchor: data.anchor, tag: data.tag)
        case YAML_SEQUENCE_START_EVENT:
            let data = event.pointee.data.sequence_start
            return open(event, isMapping: false, anchor: data.anchor, tag: data.tag)
        case YAML_MAPPING_END_EVENT, YAML_SEQUENCE_END_EVENT: return close(event)
        case YAML_DOCUMENT_START_EVENT: return startDocument(event)
        default: return true
        }
    }

    private mutating func startDocument(_ event: UnsafeMutablePointer<yaml_event_t>) -> Bool {
        documents += 1
        guard documents > 1 else { return true }
        let start = map.offset(event.pointee.start_mark.index)
        let end = max(start, map.offset(event.pointee.end_mark.index))
        sink.report(.secondDocument(span(start..<end)))
        return false
    }

    private mutating func scalar(_ event: UnsafeMutablePointer<yaml_event_t>) -> Bool {
        let data = event.pointee.data.scalar
        let style = Scalar.Style(data.style)
        var start = map.offset(event.pointee.start_mark.index)
        var end = map.offset(event.pointee.end_mark.index)
        var properties: NodeProperties?
        var tag: Scalar.CoreTag?
        if start < end, bytes[start].beginsProperty {
            let found = PropertyScanner.scan(
                bytes, start, end, hasAnchor: data.anchor != nil, hasTag: data.tag != nil)
            properties = NodeProperties(
                anchor: data.anchor.map(Self.text), tag: data.tag.map(Self.text), outerStart: start)
            tag = coreTag(properties?.tag, isNonSpecific: found.isNonSpecific, at: found.tagRange ?? start..<start)
            start = found.content
        }
        if !innerMarks.isEmpty, style == .singleQuoted || style == .doubleQuoted {
            innerMarks.removeAll { start <= $0.lowerBound && $0.upperBound <= end }
        }
        if style == .literal || style == .folded {
            end = BlockScalar.contentEnd(bytes, start, end)
        } else if start == end, data.length == 0, properties == nil {
            start = placeOfAbsentValue(start)
            end = start
        }
        let text = String(
            decoding: UnsafeBufferPointer(start: UnsafePointer(data.value), count: data.length), as: UTF8.self)
        let scalar = Scalar(text, style: style, tag: tag)
        noteHash(start..<end, isBlock: style == .literal || style == .folded)
        let node = Node(file, start..<end, .scalar(scalar), properties)
        if tag != nil { checkTag(of: scalar, node) }
        return add(node, expanded: 1, height: 0)
    }

    private mutating func alias(_ event: UnsafeMutablePointer<yaml_event_t>) -> Bool {
        let name = Self.text(event.pointee.data.alias.anchor)
        let range = map.offset(event.pointee.start_mark.index)..<map.offset(event.pointee.end_mark.index)
        guard let anchor = anchors[ExactText(name)] else {
            isUnreadable = true
            let known = anchors.keys.map(\.text).sorted()
            sink.report(.undefinedAlias(name, span(range), nearest: Spelling.nearest(to: name, in: known)))
            return add(Node(file, range, .scalar(Scalar(""))), expanded: 1, height: 0)
        }
        guard let target = anchor.node else {
            isUnreadable = true
            sink.report(.recursiveAlias(name, span(range), anchor: span(anchor.place)))
            return add(Node(file, range, .scalar(Scalar(""))), expanded: 1, height: 0)
        }
        let properties = NodeProperties(
            tag: target.tag, alias: Node.Alias(name: name, definition: target.span), outerStart: range.lowerBound)
        let node = Node(file, range, target.content, properties)
        return add(node, expanded: anchor.expanded, height: anchor.height)
    }

    private mutating func open(
        _ event: UnsafeMutablePointer<yaml_event_t>, isMapping: Bool, anchor: UnsafeMutablePointer<yaml_char_t>?,
        tag: UnsafeMutablePointer<yaml_char_t>?
    ) -> Bool {
        var start = map.offset(event.pointee.start_mark.index)
        var properties: NodeProperties?
        if anchor != nil || tag != nil {
            let found = PropertyScanner.scan(
                bytes, start, bytes.count, hasAnchor: anchor != nil, hasTag: tag != nil)
            properties = NodeProperties(anchor: anchor.map(Self.text), tag: tag.map(Self.text), outerStart: start)
            if let text = properties?.tag {
                checkCollectionTag(text, isMapping: isMapping, at: found.tagRange ?? start..<start)
            }
            start = found.content
        }
        guard frames.count < limits.depth else { return refuseNesting(start..<min(start + 1, bytes.count)) }
        let bracket = start < bytes.count ? bytes[start] : 0
        let hasBrackets = bracket == UInt8(ascii: "{") && isMapping || bracket == UInt8(ascii: "[") && !isMapping
        if let name = properties?.anchor {
            anchors[ExactText(name)] = Anchor(place: (properties?.outerStart).map { Int($0)..<start } ?? start..<start)
        }
        frames.append(
            Frame(
                isMapping: isMapping, base: nodes.count, start: start,
                hasBrackets: hasBrackets && isFlow(event.pointee), properties: properties, expandedBefore: expanded))
        return true
    }

    private func isFlow(_ event: yaml_event_t) -> Bool {
        event.type == YAML_MAPPING_START_EVENT
            ? event.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
            : event.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE
    }

    private mutating func close(_ event: UnsafeMutablePointer<yaml_event_t>) -> Bool {
        guard let frame = frames.popLast() else { return true }
        let contentEnd = nodes.count > frame.base ? Int(nodes[nodes.count - 1].upper) : frame.start
        let end = frame.hasBrackets ? map.offset(event.pointee.end_mark.index) : contentEnd
        let content = content(of: frame)
        let node = Node(file, frame.start..<max(frame.start, end), content, frame.properties)
        return add(node, expanded: nil, height: frame.height + 1, openedAt: frame.expandedBefore)
    }

    private mutating func content(of frame: Frame) -> Node.Content {
        frame.isMapping ? .mapping(settled(takeEntries(from: frame.base))) : .sequence(takeItems(from: frame.base))
    }

    /// Takes nodes off the stack without copying them: copying counts a reference for every part of a node.
    private mutating func takeItems(from base: Int) -> [Node] {
        var items: [Node] = []
        items.reserveCapacity(nodes.count - base)
        while nodes.count > base { items.append(nodes.removeLast()) }
        items.reverse()
        return items
    }

    /// The same by pairs of key and value.
    private mutating func takeEntries(from base: Int) -> [Node.Entry] {
        var entries: [Node.Entry] = []
        entries.reserveCapacity((nodes.count - base) / 2)
        while nodes.count > base + 1 {
            let value = nodes.removeLast()
            entries.append(Node.Entry(key: nodes.removeLast(), value: value, mergedAt: nil))
        }
        entries.reverse()
        return entries
    }

    // MARK: Nodes

    /// Puts a finished node into the collection it belongs to.
    /// - Parameter count: the nodes it stands for; `nil` for a collection, whose parts are counted already.
    private mutating func add(_ node: __owned Node, expanded count: Int?, height: Int, openedAt: Int = 0) -> Bool {
        expanded += count ?? 1
        guard expanded <= limits.expandedNodes else { return refuseExpansion(node) }
        guard frames.count + height <= limits.depth else { return refuseNesting(node.range) }
        if let name = node.anchor {
            let place = node.outerRange.lowerBound..<max(node.outerRange.lowerBound, node.range.lowerBound)
            anchors[ExactText(name)] = Anchor(
                place: place, node: node, expanded: count ?? expanded - openedAt, height: height)
        }
        guard let last = frames.indices.last else {
            root = node
            return true
        }
        frames[last].height = max(frames[last].height, height)
        nodes.append(node)
        return true
    }

    private mutating func refuseExpansion(_ node: Node) -> Bool {
        isUnreadable = true
        sink.report(.expansion(node, limit: limits.expandedNodes))
        return false
    }

    private mutating func refuseNesting(_ range: Range<Int>) -> Bool {
        isUnreadable = true
        sink.report(.nesting(span(range), limit: limits.depth))
        return false
    }

    private mutating func noteHash(_ range: Range<Int>, isBlock: Bool) {
        guard holdsHash else { return }
        // The line of a block scalar's header may hold a comment of its own.
        let header = isBlock ? bytes[range].firstIndex(of: UInt8(ascii: "\n")) ?? range.upperBound : range.lowerBound
        let body = header..<range.upperBound
        if bytes[body].contains(UInt8(ascii: "#")) { rangesWithHash.append(body) }
    }

    /// libyaml puts an absent value before the next token; a person looks for it behind the colon or the dash.
    private func placeOfAbsentValue(_ mark: Int) -> Int {
        var place = mark
        while place > 0, bytes[place - 1].isYAMLWhite { place -= 1 }
        if place > 0, bytes[place - 1] == UInt8(ascii: ":") || bytes[place - 1] == UInt8(ascii: "-") { return place }
        // Behind the key, or the bracket, that came last; comments may lie in between.
        guard let frame = frames.last else { return mark }
        let isValue = frame.isMapping && (nodes.count - frame.base) % 2 == 1
        guard isValue, let key = nodes.last else { return mark }
        let afterKey = PropertyScanner.skipBlankAndComments(bytes, Int(key.upper), mark)
        return afterKey < mark && bytes[afterKey] == UInt8(ascii: ":") ? afterKey + 1 : Int(key.upper)
    }

    static func text(_ pointer: UnsafeMutablePointer<yaml_char_t>) -> String { String(cString: pointer) }

    // MARK: Failures

    /// Ends the document at a syntax error; what the open collections hold so far is still checked.
    mutating func fail(_ parser: yaml_parser_t) {
        isUnreadable = true
        while let frame = frames.popLast() {
            if frame.isMapping {
                if (nodes.count - frame.base) % 2 == 1 { nodes.removeLast() }
                _ = settled(takeEntries(from: frame.base))
            }
            nodes.removeLast(nodes.count - frame.base)
        }
        sink.report(SyntaxProblem(parser, file: file, map: map).diagnostic)
    }

    mutating func fail(outOfMemoryAt offset: Int) {
        isUnreadable = true
        sink.report(YAMLRule.size.error("there is not enough memory to read the file", at: span(offset..<offset)))
    }
}

extension Scalar.Style {
    fileprivate init(_ style: yaml_scalar_style_t) {
        switch style {
        case YAML_SINGLE_QUOTED_SCALAR_STYLE: self = .singleQuoted
        case YAML_DOUBLE_QUOTED_SCALAR_STYLE: self = .doubleQuoted
        case YAML_LITERAL_SCALAR_STYLE: self = .literal
        case YAML_FOLDED_SCALAR_STYLE: self = .folded
        default: self = .plain
        }
    }
}

extension UInt8 {
    /// Whether a node that begins with this byte begins with an anchor or a tag.
    fileprivate var beginsProperty: Bool { self == UInt8(ascii: "&") || self == UInt8(ascii: "!") }
}

extension Diagnostic {
    fileprivate static func secondDocument(_ span: SourceSpan) -> Diagnostic {
        YAMLRule.severalDocuments.error(
            "the file holds more than one document", at: span, label: "the second document begins here",
            fix: Fix("keep one document in the file and move the others to files of their own"))
    }

    fileprivate static func undefinedAlias(_ name: String, _ span: SourceSpan, nearest: String?) -> Diagnostic {
        let fix =
            nearest.map { Fix.replace(span, with: "*" + $0) }
            ?? Fix("define `&\(name)` before its use, or put the value in quotes if the `*` is part of it")
        return YAMLRule.undefinedAlias.error(
            "the alias `*\(name)` has no anchor `&\(name)` before it", at: span, fix: fix)
    }

    fileprivate static func recursiveAlias(_ name: String, _ span: SourceSpan, anchor: SourceSpan) -> Diagnostic {
        YAMLRule.recursiveAlias.error(
            "the alias `*\(name)` stands inside the value that it names", at: span,
            notes: [Note("`&\(name)` begins here", at: anchor)], fix: Fix("write the value out"))
    }

    fileprivate static func expansion(_ node: Node, limit: Int) -> Diagnostic {
        let notes = node.alias.map { [Note("`&\($0.name)` is defined here", at: $0.definition)] } ?? []
        return YAMLRule.expansion.error(
            "the document has more than \(limit) values once its aliases are written out", at: node.span,
            label: "the limit is passed here", notes: notes, fix: Fix("use fewer aliases"))
    }

    fileprivate static func nesting(_ span: SourceSpan, limit: Int) -> Diagnostic {
        YAMLRule.nesting.error(
            "lists and maps are nested more than \(limit) levels deep", at: span, fix: Fix("nest less deeply"))
    }
}
