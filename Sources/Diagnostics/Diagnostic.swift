/// One problem, said to a person and to a machine: what is wrong, where, and what to write instead.
///
/// The id is stable across releases (`YAML002`, `FSX004`); wording may improve.
public struct Diagnostic: Sendable, Error {
    /// How much a problem weighs.
    public enum Severity: String, Sendable, Comparable, CaseIterable, Codable {
        /// Nothing has to change.
        case note
        /// It will probably hurt; it does not stop the work unless asked to.
        case warning
        /// It stops the work.
        case error

        /// Orders note, warning, error.
        public static func < (first: Severity, second: Severity) -> Bool { first.rank < second.rank }

        private var rank: Int {
            switch self {
            case .note: 0
            case .warning: 1
            case .error: 2
            }
        }
    }

    /// The stable rule id.
    public var id: String
    /// How much it weighs.
    public var severity: Severity
    /// What is wrong, in one sentence without a full stop.
    public var message: String
    /// Where. `nil` where a problem has no place, such as a missing file.
    public var span: SourceSpan?
    /// A few words printed behind the caret line.
    public var label: String?
    /// Further sentences and related places ("first defined here").
    public var notes: [Note]
    /// What to do instead.
    public var fix: Fix?

    /// A problem at a place.
    public init(
        _ severity: Severity, _ id: String, _ message: String, at span: SourceSpan? = nil, label: String? = nil,
        notes: [Note] = [], fix: Fix? = nil
    ) {
        self.id = id
        self.severity = severity
        self.message = message
        self.span = span
        self.label = label
        self.notes = notes
        self.fix = fix
    }

    /// An error at a place.
    public static func error(
        _ id: String, _ message: String, at span: SourceSpan? = nil, label: String? = nil, notes: [Note] = [],
        fix: Fix? = nil
    ) -> Diagnostic {
        Diagnostic(.error, id, message, at: span, label: label, notes: notes, fix: fix)
    }

    /// A warning at a place.
    public static func warning(
        _ id: String, _ message: String, at span: SourceSpan? = nil, label: String? = nil, notes: [Note] = [],
        fix: Fix? = nil
    ) -> Diagnostic {
        Diagnostic(.warning, id, message, at: span, label: label, notes: notes, fix: fix)
    }
}

extension Diagnostic {
    /// A sentence that belongs to a problem, with a place of its own where it has one.
    public struct Note: Sendable {
        /// The sentence.
        public var message: String
        /// The related place.
        public var span: SourceSpan?

        /// A sentence, at a related place where there is one.
        public init(_ message: String, at span: SourceSpan? = nil) {
            self.message = message
            self.span = span
        }
    }

    /// What to write instead: words for a person and, where it is mechanical, the edits.
    public struct Fix: Sendable {
        /// An imperative sentence: "write \"1.30\"".
        public var description: String
        /// The edits that carry it out; empty where a person has to decide.
        public var edits: [TextEdit]
        /// Whether the edits say what the author plainly meant, so that they may be made without asking: a spelling
        /// or a way of writing is corrected, no decision is taken.
        public var isSafe: Bool

        /// A suggestion with the edits that carry it out.
        public init(_ description: String, edits: [TextEdit] = [], isSafe: Bool = false) {
            self.description = description
            self.edits = edits
            self.isSafe = isSafe && !edits.isEmpty
        }

        /// Replaces the text of a span.
        public static func replace(_ span: SourceSpan, with text: String) -> Fix {
            Fix("write `\(text)`", edits: [TextEdit(span: span, replacement: text)])
        }

        /// Replaces the text of a span by what was plainly meant: a correction that is safe to make.
        public static func correct(_ span: SourceSpan, to text: String) -> Fix {
            Fix("write `\(text)`", edits: [TextEdit(span: span, replacement: text)], isSafe: true)
        }
    }
}

/// A replacement of a range of bytes in a file.
public struct TextEdit: Sendable, Hashable {
    /// What is replaced; empty to insert.
    public var span: SourceSpan
    /// What stands there afterwards.
    public var replacement: String

    /// Replaces a span by a text.
    public init(span: SourceSpan, replacement: String) {
        self.span = span
        self.replacement = replacement
    }
}
