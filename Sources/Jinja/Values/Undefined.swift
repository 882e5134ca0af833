/// What happens when a template uses a value that does not exist.
public enum UndefinedBehavior: String, Sendable, CaseIterable {
    /// Prints as nothing, is false and empty; anything else is an error. Jinja2's default.
    case lenient
    /// Lenient, and attributes and items of it are undefined too instead of errors.
    case chainable
    /// Every use except a test for being defined is an error.
    case strict
    /// Lenient, and prints as the expression that has no value.
    case debug
}

/// The absence of a value, with what is needed to say what was absent.
public final class Undefined {
    /// How it behaves.
    public let behavior: UndefinedBehavior
    /// The name looked for.
    let name: String
    /// A sentence that replaces the usual message.
    let hint: String?
    /// The kind of object that lacks the attribute or item ("dict object"); `nil` for a variable.
    let owner: String?
    /// Whether an item rather than an attribute is missing.
    let isItem: Bool

    /// A missing variable.
    init(name: String, behavior: UndefinedBehavior, hint: String? = nil) {
        self.behavior = behavior
        self.name = name
        self.hint = hint
        self.owner = nil
        self.isItem = false
    }

    /// A missing attribute or item.
    init(member: Value, of owner: Value, behavior: UndefinedBehavior) {
        self.behavior = behavior
        self.hint = nil
        self.owner = owner.ownerDescription
        if let text = member.stringValue {
            self.name = text
            self.isItem = false
        } else {
            self.name = (try? member.represented()) ?? member.typeName
            self.isItem = true
        }
    }

    /// What is said when it is used.
    public var message: String {
        if let hint { return hint }
        guard let owner else { return "'\(name)' is undefined" }
        if isItem { return "\(owner) has no element \(name)" }
        return "'\(owner)' has no attribute \(PythonText.quoted(name))"
    }

    /// The error of using it.
    var error: EvaluationError {
        owner == nil && hint == nil
            ? EvaluationError(missingVariable: name, message) : EvaluationError(.undefined, message)
    }

    /// Fails when it is strict.
    func requireLenient() throws {
        if behavior == .strict { throw error }
    }

    /// What it prints as.
    func printed() throws -> String {
        switch behavior {
        case .lenient, .chainable: return ""
        case .strict: throw error
        case .debug:
            if let hint { return "{{ undefined value printed: \(hint) }}" }
            guard let owner else { return "{{ \(name) }}" }
            return "{{ no such element: \(owner)[\(isItem ? name : PythonText.quoted(name))] }}"
        }
    }
}
