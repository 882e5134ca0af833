/// The machine form of problems: a versioned, codable list with lines and columns resolved.
///
///     {"schema": 1, "diagnostics": [{"id": "FSX004", "severity": "error", "message": "…",
///       "file": "config.yaml", "line": 14, "column": 5,
///       "range": {"start": {"line": 14, "column": 5, "offset": 210}, "end": …}, …}]}
public struct DiagnosticReport: Codable, Sendable, Equatable {
    /// The version of this form.
    public var schema = 1
    /// The problems in reading order.
    public var diagnostics: [Entry]

    /// Lowers problems to the machine form.
    public init(_ diagnostics: some Sequence<Diagnostic>) {
        self.diagnostics = diagnostics.map(Entry.init)
    }

    /// Problems that were lowered already.
    public init(entries: [Entry]) {
        self.diagnostics = entries
    }

    /// One problem.
    public struct Entry: Codable, Sendable, Equatable {
        /// The stable rule id.
        public var id: String
        /// `error`, `warning` or `note`.
        public var severity: Diagnostic.Severity
        /// What is wrong.
        public var message: String
        /// The file, as named by the user.
        public var file: String?
        /// The first line of the range, from 1.
        public var line: Int?
        /// The first column of the range, from 1, in Unicode scalars.
        public var column: Int?
        /// Where in the file.
        public var range: Range?
        /// Words behind the caret.
        public var label: String?
        /// Related sentences and places.
        public var notes: [Note]
        /// What to do instead.
        public var fix: Fix?

        /// Lowers one problem; the entry no longer holds the text of the file.
        public init(_ diagnostic: Diagnostic) {
            id = diagnostic.id
            severity = diagnostic.severity
            message = diagnostic.message
            file = diagnostic.span?.file.name
            range = diagnostic.span.map(Range.init)
            line = range?.start.line
            column = range?.start.column
            label = diagnostic.label
            notes = diagnostic.notes.map {
                Note(message: $0.message, file: $0.span?.file.name, range: $0.span.map(Range.init))
            }
            fix = diagnostic.fix.map { fix in
                Fix(
                    description: fix.description, isSafe: fix.isSafe,
                    edits: fix.edits.map {
                        Edit(file: $0.span.file.name, range: Range($0.span), replacement: $0.replacement)
                    })
            }
        }
    }

    /// A related sentence.
    public struct Note: Codable, Sendable, Equatable {
        /// The sentence.
        public var message: String
        /// The file of the related place.
        public var file: String?
        /// The related place.
        public var range: Range?
    }

    /// What to do instead.
    public struct Fix: Codable, Sendable, Equatable {
        /// An imperative sentence.
        public var description: String
        /// Whether `validate --fix` makes it: a spelling or a way of writing is corrected, no decision is taken.
        public var isSafe: Bool
        /// The edits that carry it out.
        public var edits: [Edit]
    }

    /// A replacement.
    public struct Edit: Codable, Sendable, Equatable {
        /// The file to change.
        public var file: String
        /// The text replaced.
        public var range: Range
        /// What stands there afterwards.
        public var replacement: String
    }

    /// A range of a file.
    public struct Range: Codable, Sendable, Equatable {
        /// Its first place.
        public var start: Point
        /// The place after its last.
        public var end: Point

        init(_ span: SourceSpan) {
            start = Point(span.start, offset: span.range.lowerBound)
            end = Point(span.end, offset: span.range.upperBound)
        }
    }

    /// A place in a file.
    public struct Point: Codable, Sendable, Equatable {
        /// The line, from 1.
        public var line: Int
        /// The column, from 1, in Unicode scalars.
        public var column: Int
        /// The UTF-8 byte offset, from 0.
        public var offset: Int

        init(_ location: SourceLocation, offset: Int) {
            line = location.line
            column = location.column
            self.offset = offset
        }
    }
}
