import Diagnostics

/// Every problem that this module reports: its stable id and what it means.
public enum YAMLRule: String, CaseIterable, Sendable {
    /// The text is not UTF-8.
    case notUTF8 = "YAML001"
    /// The text holds a character that YAML does not allow, such as NUL.
    case controlCharacter = "YAML002"
    /// The text is not YAML.
    case syntax = "YAML003"
    /// A tab stands where YAML allows only spaces.
    case tabIndentation = "YAML004"
    /// A line is not indented like its neighbours, or a second value follows a value.
    case indentation = "YAML005"
    /// The colon behind a key, or the space behind the colon, is missing.
    case colon = "YAML006"
    /// A quote, bracket or brace is opened and never closed.
    case unclosed = "YAML007"
    /// A value begins with a character that only a quoted value may begin with.
    case needsQuotes = "YAML008"
    /// A double-quoted value holds an escape sequence that YAML does not know.
    case escape = "YAML009"
    /// A map holds the same key twice.
    case duplicateKey = "YAML010"
    /// A list or a map is used as a key.
    case collectionAsKey = "YAML011"
    /// The value of a merge key `<<` is neither a map nor a list of maps.
    case merge = "YAML012"
    /// An alias `*name` names an anchor that was not defined before it.
    case undefinedAlias = "YAML013"
    /// An alias stands inside the value that it names.
    case recursiveAlias = "YAML014"
    /// With every alias written out, the document would be too large.
    case expansion = "YAML015"
    /// Lists and maps are nested too deeply.
    case nesting = "YAML016"
    /// The file holds more than one document.
    case severalDocuments = "YAML017"
    /// A tag such as `!Ref` has no meaning here.
    case unknownTag = "YAML018"
    /// The value is not of the type that its tag names.
    case tagMismatch = "YAML019"
    /// The file is too large.
    case size = "YAML020"
    /// A path such as `groups[0].count` is not well formed.
    case pathSyntax = "YAML030"
    /// A path leads to nothing in the document.
    case pathNotFound = "YAML031"
    /// A path leads to more than one place in the document.
    case pathAmbiguous = "YAML032"
    /// A path goes through a value that has no such parts.
    case pathKind = "YAML033"
    /// The change would reach other places through an anchor, an alias or a merge key.
    case sharedValue = "YAML034"
    /// The change cannot be made without changing something else.
    case unsafeEdit = "YAML035"
    /// The document has errors that must be mended before it can be changed.
    case unreadableDocument = "YAML036"

    /// The stable id.
    public var id: String { rawValue }

    /// What the rule means, in one sentence for the reference.
    public var summary: String {
        switch self {
        case .notUTF8: "The text is not UTF-8."
        case .controlCharacter: "The text holds a character that YAML does not allow, such as NUL."
        case .syntax: "The text is not YAML."
        case .tabIndentation: "A tab stands where YAML allows only spaces."
        case .indentation: "A line is not indented like its neighbours, or a second value follows a value."
        case .colon: "The colon behind a key, or the space behind the colon, is missing."
        case .unclosed: "A quote, bracket or brace is opened and never closed."
        case .needsQuotes: "A value begins with a character that only a quoted value may begin with."
        case .escape: "A double-quoted value holds an escape sequence that YAML does not know."
        case .duplicateKey: "A map holds the same key twice."
        case .collectionAsKey: "A list or a map is used as a key."
        case .merge: "The value of a merge key `<<` is neither a map nor a list of maps."
        case .undefinedAlias: "An alias `*name` names an anchor that was not defined before it."
        case .recursiveAlias: "An alias stands inside the value that it names."
        case .expansion: "With every alias written out, the document would be too large."
        case .nesting: "Lists and maps are nested too deeply."
        case .severalDocuments: "The file holds more than one document."
        case .unknownTag: "A tag such as `!Ref` has no meaning here."
        case .tagMismatch: "The value is not of the type that its tag names."
        case .size: "The file is too large."
        case .pathSyntax: "A path such as `groups[0].count` is not well formed."
        case .pathNotFound: "A path leads to nothing in the document."
        case .pathAmbiguous: "A path leads to more than one place in the document."
        case .pathKind: "A path goes through a value that has no such parts."
        case .sharedValue: "The change would reach other places through an anchor, an alias or a merge key."
        case .unsafeEdit: "The change cannot be made without changing something else."
        case .unreadableDocument: "The document has errors that must be mended before it can be changed."
        }
    }

    /// An error under this rule.
    func error(
        _ message: String, at span: SourceSpan?, label: String? = nil, notes: [Diagnostic.Note] = [],
        fix: Diagnostic.Fix? = nil
    ) -> Diagnostic {
        .error(rawValue, message, at: span, label: label, notes: notes, fix: fix)
    }
}
